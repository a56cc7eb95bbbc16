// Growing text and the few allocation helpers that every room shares. When memory runs out they end
// the process with one sentence and status 2: no verdict can be reached then, so none is given.
#ifndef INTERLEAVE_TEXT_H
#define INTERLEAVE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

void *memory_zeroed(size_t count, size_t size);
void *memory_resize(void *old, size_t count, size_t size);
char *string_copy(const char *text); // NULL stays NULL
char *string_format(const char *format, ...) __attribute__((format(printf, 1, 2)));
const char *path_base(const char *path); // what stands behind the last slash
bool string_starts(const char *text, const char *prefix);
bool string_ends(const char *text, const char *suffix);

// Bytes that grow at the end; `data` is always terminated. Start from {0}; release with text_free.
struct text {
    char *data;
    size_t length;
    size_t capacity;
};

void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));
void text_add_bytes(struct text *text, const char *bytes, size_t count);
char *text_take(struct text *text); // the caller owns the result, never NULL; text is empty again
void text_free(struct text *text);

// Adds `bytes` with control characters and invalid UTF-8 replaced, so that it is safe on a terminal
// and in JSON; newlines and tabs stay.
void text_add_printable(struct text *text, const char *bytes, size_t count);

// The same for what must stay on one line: newlines and tabs become blanks.
void text_add_line(struct text *text, const char *line);

// A word as one would type it for bash: quoted where it must be, and printable whatever it holds.
void text_add_word(struct text *text, const char *word);

// A list of owned strings, always followed by NULL, so that items can serve as an argv.
struct strings {
    char **items;
    size_t count;
};

void strings_add(struct strings *list, const char *item);
void strings_addf(struct strings *list, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
void strings_add_words(struct strings *list, const char *words); // split at blanks
void strings_add_list(struct strings *list, const char *words);  // split at blanks and commas
bool strings_has(const struct strings *list, const char *item);
void strings_free(struct strings *list);

// The whole of a file, NULL when it cannot be read (errno says why). The caller frees it.
char *file_read(const char *path, size_t *length);
// Writes beside the path and renames, so that a reader never sees half. False with errno set.
bool file_write(const char *path, const char *bytes, size_t length);
bool directory_make(const char *path);   // with its parents
void directory_remove(const char *path); // and all that is in it
// Whether two paths, either of which may be NULL, name the same file.
bool file_same(const char *a, const char *b);

#endif
