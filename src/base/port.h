/* port.h - the only place, beside the SIMD kernels, where compiler extensions may appear. */
#ifndef DETENTE_PORT_H
#define DETENTE_PORT_H

#include <stdint.h> /* for __GLIBC__, too */

#if defined(__GNUC__)
#define LIKELY(x)         __builtin_expect(!!(x), 1)
#define UNLIKELY(x)       __builtin_expect(!!(x), 0)
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))
#define PREFETCH(p)       __builtin_prefetch(p)
#else
#define LIKELY(x)   (x)
#define UNLIKELY(x) (x)
#define PRINTF_LIKE(f, a)
#define PREFETCH(p) ((void)0)
#endif

/* Whether this CPU has an instruction set, named as gcc names it: CPU_HAS("avx2"). */
#if defined(__GNUC__) && defined(__x86_64__)
#define CPU_HAS(name) (__builtin_cpu_supports(name) != 0)
#else
#define CPU_HAS(name) (0)
#endif

/* A function of short loops over numbers is made once more for vectors of 256 bits, and the CPU
 * chooses when the program starts. Each sum stays in its order. */
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) &&       \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define WIDE_TOO __attribute__((target_clones("avx2", "default")))
#else
#define WIDE_TOO
#endif

#endif
