// Calls of the C library that access the program's memory on its behalf (C11 7.24, 7.21.6.5): the compiler
// does not see into them. Each is the accesses that the standard says it makes, and no more: a comparison
// reads up to the difference that decides it.
#include "access.h"
#include "model.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { LARGE = 1 << 30 }; // bytes; a call with more is wrong, and crashes by itself

static void touched(const void *memory, size_t size, unsigned access, uint32_t place) {
    access_made(memory, size < LARGE ? size : 1, access, place);
}

size_t access_text(const char *text, size_t most, uint32_t place) {
    access_announced(text, 1, ACCESS_READ, place);
    size_t length = strnlen(text, most);
    shadow_access((uintptr_t)text, length + (length < most), ACCESS_READ, place);
    return length;
}

// Copying and filling

#define COPIES(name) \
    WRAP(void *, name, void *to, const void *from, size_t size) { \
        if (MODELLED) { \
            touched(from, size, ACCESS_READ, PLACE_HERE); \
            touched(to, size, ACCESS_WRITE, PLACE_HERE); \
        } \
        return name(to, from, size); \
    }
COPIES(memcpy)
COPIES(memmove)
COPIES(mempcpy)

WRAP(void *, memset, void *to, int byte, size_t size) {
    if (MODELLED)
        touched(to, size, ACCESS_WRITE, PLACE_HERE);
    return memset(to, byte, size);
}

// So named by newer compilers, for what they make of assignments.
void *__tsan_memcpy(void *to, const void *from, size_t size);
void *__tsan_memcpy(void *to, const void *from, size_t size) {
    if (MODELLED) {
        touched(from, size, ACCESS_READ, PLACE_HERE);
        touched(to, size, ACCESS_WRITE, PLACE_HERE);
    }
    return memcpy(to, from, size);
}

void *__tsan_memmove(void *to, const void *from, size_t size);
void *__tsan_memmove(void *to, const void *from, size_t size) {
    if (MODELLED) {
        touched(from, size, ACCESS_READ, PLACE_HERE);
        touched(to, size, ACCESS_WRITE, PLACE_HERE);
    }
    return memmove(to, from, size);
}

void *__tsan_memset(void *to, int byte, size_t size);
void *__tsan_memset(void *to, int byte, size_t size) {
    if (MODELLED)
        touched(to, size, ACCESS_WRITE, PLACE_HERE);
    return memset(to, byte, size);
}

// The text with its end.
#define COPIES_TEXT(name) \
    WRAP(char *, name, char *to, const char *from) { \
        if (MODELLED) \
            touched(to, access_text(from, SIZE_MAX, PLACE_HERE) + 1, ACCESS_WRITE, PLACE_HERE); \
        return name(to, from); \
    }
COPIES_TEXT(strcpy)
COPIES_TEXT(stpcpy)

WRAP(char *, strncpy, char *to, const char *from, size_t size) {
    if (MODELLED) {
        access_text(from, size, PLACE_HERE);
        touched(to, size, ACCESS_WRITE, PLACE_HERE); // what is left over is filled with zeroes
    }
    return strncpy(to, from, size);
}

static void appended(char *to, const char *from, size_t most, uint32_t place) {
    size_t more = access_text(from, most, place), before = access_text(to, SIZE_MAX, place);
    touched(to + before, more + 1, ACCESS_WRITE, place);
}

WRAP(char *, strcat, char *to, const char *from) {
    if (MODELLED)
        appended(to, from, SIZE_MAX, PLACE_HERE);
    return strcat(to, from);
}

WRAP(char *, strncat, char *to, const char *from, size_t size) {
    if (MODELLED)
        appended(to, from, size, PLACE_HERE);
    return strncat(to, from, size);
}

// Looking

WRAP(size_t, strlen, const char *text) {
    return MODELLED ? access_text(text, SIZE_MAX, PLACE_HERE) : strlen(text);
}

WRAP(size_t, strnlen, const char *text, size_t most) {
    return MODELLED ? access_text(text, most, PLACE_HERE) : strnlen(text, most);
}

// Up to what was found, or to the end.
static void searched(const char *text, const char *found, uint32_t place) {
    if (found)
        touched(text, (size_t)(found - text) + 1, ACCESS_READ, place);
    else
        access_text(text, SIZE_MAX, place);
}

WRAP(char *, strchr, const char *text, int character) {
    if (MODELLED)
        searched(text, strchr(text, character), PLACE_HERE);
    return strchr(text, character);
}

WRAP(char *, strrchr, const char *text, int character) {
    if (MODELLED)
        access_text(text, SIZE_MAX, PLACE_HERE);
    return strrchr(text, character);
}

WRAP(char *, strstr, const char *text, const char *part) {
    if (MODELLED) {
        size_t length = access_text(part, SIZE_MAX, PLACE_HERE);
        const char *found = strstr(text, part);
        searched(text, found && length ? found + length - 1 : found, PLACE_HERE);
    }
    return strstr(text, part);
}

WRAP(void *, memchr, const void *memory, int byte, size_t size) {
    if (MODELLED) {
        const char *found = memchr(memory, byte, size);
        touched(memory, found ? (size_t)(found - (const char *)memory) + 1 : size, ACCESS_READ,
                PLACE_HERE);
    }
    return memchr(memory, byte, size);
}

// Comparing

WRAP(int, memcmp, const void *a, const void *b, size_t size) {
    if (MODELLED) {
        const char *x = a, *y = b;
        size_t read = 0;
        while (read < size && x[read] == y[read])
            read++;
        read += read < size;
        touched(a, read, ACCESS_READ, PLACE_HERE);
        touched(b, read, ACCESS_READ, PLACE_HERE);
    }
    return memcmp(a, b, size);
}

// `fold` is what the comparison makes of a character first.
static void compared(const char *a, const char *b, size_t most, int (*fold)(int), uint32_t place) {
    size_t read = 0;
    while (read < most && a[read] && fold((unsigned char)a[read]) == fold((unsigned char)b[read]))
        read++;
    read += read < most;
    touched(a, read, ACCESS_READ, place);
    touched(b, read, ACCESS_READ, place);
}

static int itself(int character) {
    return character;
}

static int lower(int character) {
    return character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character;
}

#define COMPARES(name, fold) \
    WRAP(int, name, const char *a, const char *b) { \
        if (MODELLED) \
            compared(a, b, SIZE_MAX, fold, PLACE_HERE); \
        return name(a, b); \
    }
#define COMPARES_SOME(name, fold) \
    WRAP(int, name, const char *a, const char *b, size_t most) { \
        if (MODELLED) \
            compared(a, b, most, fold, PLACE_HERE); \
        return name(a, b, most); \
    }
COMPARES(strcmp, itself)
COMPARES(strcasecmp, lower)
COMPARES_SOME(strncmp, itself)
COMPARES_SOME(strncasecmp, lower)

// Printing into memory: as much as the result is long, cut at the room there is.

static void printed(char *to, size_t room, const char *format, va_list list, uint32_t place) {
    va_list copy;
    va_copy(copy, list);
    int length = vsnprintf(NULL, 0, format, copy);
    va_end(copy);
    if (length >= 0 && room)
        touched(to, (size_t)length < room ? (size_t)length + 1 : room, ACCESS_WRITE, place);
}

WRAP(int, vsnprintf, char *to, size_t room, const char *format, va_list list) {
    if (MODELLED)
        printed(to, room, format, list, PLACE_HERE);
    return vsnprintf(to, room, format, list);
}

WRAP(int, vsprintf, char *to, const char *format, va_list list) {
    if (MODELLED)
        printed(to, SIZE_MAX, format, list, PLACE_HERE);
    return vsprintf(to, format, list);
}

WRAP(int, snprintf, char *to, size_t room, const char *format, ...) {
    va_list list;
    va_start(list, format);
    if (MODELLED)
        printed(to, room, format, list, PLACE_HERE);
    int length = vsnprintf(to, room, format, list);
    va_end(list);
    return length;
}

WRAP(int, sprintf, char *to, const char *format, ...) {
    va_list list;
    va_start(list, format);
    if (MODELLED)
        printed(to, SIZE_MAX, format, list, PLACE_HERE);
    int length = vsprintf(to, format, list);
    va_end(list);
    return length;
}
