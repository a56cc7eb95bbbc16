/* passes */
#define _GNU_SOURCE
#include <assert.h>
#include <complex.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <stdnoreturn.h>
#include <string.h>
#include <tgmath.h>
#include <time.h>
#include <wchar.h>

#define MAX(a, b) ((a) > (b) ? (a) : (b))
#define JOIN(a, b) a##b
#define TEXT(x) #x
#define LIST(row) row(1) row(2) row(3)
#define ROW(n) JOIN(item_, n),
#define container_of(pointer, type, member) ((type *)((char *)(pointer) - offsetof(type, member)))
#define describe(x) _Generic((x), int: "int", double: "double", default: "something")

enum { LIST(ROW) ITEMS };

_Static_assert(sizeof(int) >= 4, "int is too small");
_Static_assert(ITEMS == 3, "three");

struct node {
    alignas(64) int value;
    struct node *next;
    int many[];
};

struct point { int x, y; };
union either { int number; double real; void (*call)(void); };

static noreturn void give_up(const char *why) {
    fprintf(stderr, "%s:%d: %s in %s\n", __FILE__, __LINE__, why, __func__);
    abort();
}

static int by_value(const void *a, const void *b) {
    return *(const int *)a - *(const int *)b;
}

static int add(int count, ...) {
    va_list list, copy;
    va_start(list, count);
    va_copy(copy, list);
    int sum = 0;
    while (count-- > 0)
        sum += va_arg(list, int);
    va_end(copy);
    va_end(list);
    return sum;
}

static inline void log_line(FILE *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
static inline void log_line(FILE *out, const char *format, ...) {
    va_list list;
    va_start(list, format);
    flockfile(out);
    vfprintf(out, format, list);
    funlockfile(out);
    va_end(list);
}

int odd(struct point *p, size_t n, int matrix[static n][n]) {
    int numbers[] = {[2] = 3, [0] = 7}, variable[n];
    struct point at = (struct point){.y = 2, .x = add(2, 1, 2)};
    const struct point *const copy = &(struct point){1, 2};
    memset(variable, 0, sizeof variable);
    qsort(numbers, sizeof numbers / sizeof *numbers, sizeof *numbers, by_value);
    int key = 3;
    int *found = bsearch(&key, numbers, 3, sizeof *numbers, by_value);
    assert(found && "there");
    errno = 0;
    long value = strtol("12", NULL, 10);
    if (errno == ERANGE || value == LONG_MAX)
        give_up(strerror(errno));
    log_line(stdout, "%" PRIu64 " %s %zu\n", (uint64_t)value, describe(value), strlen(TEXT(odd)));
    double complex z = 1.0 + 2.0 * I;
    struct timespec now, rest = {.tv_nsec = 1000};
    clock_gettime(CLOCK_MONOTONIC, &now);
    nanosleep(&rest, NULL);
    srand((unsigned)time(NULL));
    wchar_t wide[] = L"wide";
    char *name = strdup("name"), *end = NULL;
    for (char *word = strtok_r(name, " ", &end); word; word = strtok_r(NULL, " ", &end))
        putchar(toupper((unsigned char)*word));
    free(name);
    int sum = isdigit('1') && isalpha('a') ? (int)sqrt(4.0) + (int)creal(z) + abs(rand()) : 0;
    switch (sum & 3) {
    case 0:
        sum++;
        __attribute__((fallthrough));
    case 1 ... 2:
        break;
    default:
        goto out;
    }
out:
    (void)wcslen(wide);
    return MAX(sum, matrix[0][0]) + at.x + copy->y + p->x + isnan(0.5) + (int)NAN;
}
