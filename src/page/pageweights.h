/* pageweights.h - see pagejudge.h. Written by train/page_fit.py. */
#ifndef DETENTE_PAGEWEIGHTS_H
#define DETENTE_PAGEWEIGHTS_H
static const float first_weights[FEATURE_COUNT] = {0};
static const float second_weights[SECOND_COUNT] = {0};
#endif
