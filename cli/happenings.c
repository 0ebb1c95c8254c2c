#include "options.h"
enum exit_status command_happenings(const struct options *options) { (void)options; return EXIT_DONE; }
