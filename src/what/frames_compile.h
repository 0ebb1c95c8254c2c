/* frames_compile.h - frames, operators and classes: text to the frm.* sections of the bundle. */
#ifndef DETENTE_FRAMES_COMPILE_H
#define DETENTE_FRAMES_COMPILE_H

#include "know/compile.h"

/* Reads frames/ (all .txt files), operators.txt and classes.txt among the files of the compile, a
 * later folder's entry replacing an earlier one's of the same kind and key, and adds the sections
 * to its bundle. The arrays live in the compile's arena. */
dt_status frames_compile(struct compile *compile, dt_error *err);

#endif
