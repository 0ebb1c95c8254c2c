/* model.h - what coders need of the model handle beside its members (story.h). */
#ifndef DETENTE_MODEL_H
#define DETENTE_MODEL_H

#include "story/story.h"

enum { MODEL_VERSION_MIN = 2, MODEL_VERSION_MAX = 2 };

/* One more owner; dt_model_close() is one less. Any thread. */
void model_retain(struct dt_model *model);

#endif
