/* interrupt.c - INT and TERM: a run stops taking stories, finishes those it has, and closes what it
 * writes; then the signal does what it would have done. */
#include <signal.h>

#include "pipeline.h"

static volatile sig_atomic_t caught;

static void note_signal(int number)
{
    caught = number;
}

void interrupt_catch(void)
{
    struct sigaction action = {.sa_handler = note_signal};
    (void)sigemptyset(&action.sa_mask);
    action.sa_flags = (int)SA_RESETHAND; /* reads are broken off, and a second signal ends it all */
    (void)sigaction(SIGINT, &action, NULL);
    (void)sigaction(SIGTERM, &action, NULL);
}

bool interrupted(void)
{
    return caught != 0;
}

void interrupt_obey(void)
{
    if (caught == 0) return;
    (void)signal(caught, SIG_DFL);
    (void)raise(caught);
}
