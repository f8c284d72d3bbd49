/* The one non-linearity of the networks, in steps that IEEE arithmetic defines exactly, so that
 * every machine gets the same bits (the files that use it are compiled without contraction of
 * multiply and add). Method: the seventh convergent of Lambert's continued fraction of tanh, which
 * reaches 1 near 4.97; the trainer uses the same function, so its distance from tanh (under 1e-4)
 * costs nothing. */
#ifndef ANNALS_CLASSIFIERS_ACTIVATION_H
#define ANNALS_CLASSIFIERS_ACTIVATION_H

static inline __attribute__((always_inline)) float activation_tanh(float x)
{
    x = x > 4.97f ? 4.97f : x;
    x = x < -4.97f ? -4.97f : x;
    float square = x * x;
    float above = ((square + 378.0f) * square + 17325.0f) * square + 135135.0f;
    float below = ((28.0f * square + 3150.0f) * square + 62370.0f) * square + 135135.0f;
    return x * above / below;
}

static inline __attribute__((always_inline)) float activation_sigmoid(float x)
{
    return 0.5f + 0.5f * activation_tanh(0.5f * x);
}

#endif
