/* passes */
#include <stdlib.h>

#ifdef __GNUC__
#define UNUSED __attribute__((unused))
#else
#define UNUSED
#endif
#if defined(__has_attribute)
#if __has_attribute(warn_unused_result)
#define CHECKED __attribute__((warn_unused_result))
#endif
#endif
#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wunused-parameter"
#pragma GCC diagnostic pop
#endif
#pragma STDC FP_CONTRACT OFF

struct __attribute__((packed, aligned(4))) packed { char c; int i; };

static void release(int **p) { free(*p); }
CHECKED static int *allocate(UNUSED size_t n) { return malloc(sizeof(int)); }
static inline __attribute__((always_inline)) int quick(void) { return 1; }
__attribute__((noinline, cold, pure, nonnull(1))) static int slow(const int *p) { return *p; }
__attribute__((noreturn)) static void stop(void) { exit(1); }
__attribute__((visibility("hidden"))) int hidden;

int use(void) {
    __attribute__((cleanup(release))) int *mine = allocate(1);
    if (!mine)
        stop();
    *mine = quick();
    return __builtin_expect(slow(mine), 1) + hidden;
}
