// Functions of the C library that use the program's memory and that ThreadSanitizer does not intercept (as of
// LLVM 14): what they read and write is told to it here. Linked beside a program that it judges.
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

void __tsan_func_entry(void *caller);
void __tsan_func_exit(void);
void __tsan_read_range(void *address, unsigned long size);
void __tsan_write_range(void *address, unsigned long size);

// Definitions for --wrap=name; a header with their prototypes would only repeat them.
#pragma GCC diagnostic ignored "-Wmissing-prototypes"

// The line that calls is on the stack of a report.
#define CALLED __tsan_func_entry(__builtin_return_address(0))
#define RETURNS(value) \
    do { \
        __tsan_func_exit(); \
        return value; \
    } while (0)

static void reads(const void *memory, size_t size) {
    __tsan_read_range((void *)memory, size);
}

static void writes(void *memory, size_t size) {
    __tsan_write_range(memory, size);
}

static void reads_text(const char *text) {
    reads(text, strlen(text) + 1);
}

// Numbers: the text is read up to what ends the number.

#define ENDS(stop) \
    do { \
        reads(text, (size_t)(stop - text) + 1); \
        if (end) { \
            writes(end, sizeof *end); \
            *end = stop; \
        } \
    } while (0)

#define INTEGER(type, name) \
    type __real_##name(const char *text, char **end, int base); \
    type __wrap_##name(const char *text, char **end, int base) { \
        CALLED; \
        char *stop = (char *)text; \
        type value = __real_##name(text, &stop, base); \
        ENDS(stop); \
        RETURNS(value); \
    }
INTEGER(long, strtol)
INTEGER(long long, strtoll)
INTEGER(unsigned long, strtoul)
INTEGER(unsigned long long, strtoull)

#define REAL(type, name) \
    type __real_##name(const char *text, char **end); \
    type __wrap_##name(const char *text, char **end) { \
        CALLED; \
        char *stop = (char *)text; \
        type value = __real_##name(text, &stop); \
        ENDS(stop); \
        RETURNS(value); \
    }
REAL(float, strtof)
REAL(double, strtod)
REAL(long double, strtold)

#define SHORT(type, name, call) \
    type __wrap_##name(const char *text) { \
        CALLED; \
        char *stop = (char *)text; \
        type value = (type)call; \
        reads(text, (size_t)(stop - text) + 1); \
        RETURNS(value); \
    }
SHORT(int, atoi, __real_strtol(text, &stop, 10))
SHORT(long, atol, __real_strtol(text, &stop, 10))
SHORT(long long, atoll, __real_strtoll(text, &stop, 10))
SHORT(double, atof, __real_strtod(text, &stop))

// Texts

char *__wrap_strncat(char *to, const char *from, size_t size) {
    CALLED;
    size_t before = strlen(to), more = strnlen(from, size);
    reads(from, more + (more < size));
    reads(to, before + 1);
    writes(to + before, more + 1);
    memmove(to + before, from, more);
    to[before + more] = '\0';
    RETURNS(to);
}

char *__wrap_strcat(char *to, const char *from) {
    CALLED;
    size_t before = strlen(to), more = strlen(from) + 1;
    reads(from, more);
    reads(to, before + 1);
    writes(to + before, more);
    memmove(to + before, from, more);
    RETURNS(to);
}

char *__wrap_stpcpy(char *to, const char *from) {
    CALLED;
    size_t length = strlen(from);
    reads(from, length + 1);
    writes(to, length + 1);
    memmove(to, from, length + 1);
    RETURNS(to + length);
}

void *__wrap_mempcpy(void *to, const void *from, size_t size) {
    CALLED;
    reads(from, size);
    writes(to, size);
    memmove(to, from, size);
    RETURNS((char *)to + size);
}

char *__real_strsep(char **text, const char *separators);
char *__wrap_strsep(char **text, const char *separators) {
    CALLED;
    reads_text(separators);
    writes(text, sizeof *text);
    char *word = __real_strsep(text, separators);
    if (word && *text)
        writes(word, (size_t)(*text - word));
    else if (word)
        reads_text(word);
    RETURNS(word);
}

char *__real_strtok_r(char *text, const char *separators, char **rest);
char *__wrap_strtok_r(char *text, const char *separators, char **rest) {
    CALLED;
    reads_text(separators);
    writes(rest, sizeof *rest);
    char *word = __real_strtok_r(text, separators, rest);
    if (word)
        writes(word, (size_t)(*rest - word));
    RETURNS(word);
}

size_t __real_mbrtowc(wchar_t *to, const char *from, size_t size, mbstate_t *state);
size_t __wrap_mbrtowc(wchar_t *to, const char *from, size_t size, mbstate_t *state) {
    CALLED;
    wchar_t character = 0;
    size_t used = __real_mbrtowc(&character, from, size, state);
    if (from && used <= size)
        reads(from, used ? used : 1);
    if (state)
        writes(state, sizeof *state);
    if (to && from && used <= size) {
        writes(to, sizeof *to);
        *to = character;
    }
    RETURNS(used);
}
