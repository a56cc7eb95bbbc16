#include "text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void out_of_memory(void) {
    static const char sentence[] = "interleave: out of memory: no verdict was reached\n";
    ssize_t ignored = write(STDERR_FILENO, sentence, sizeof sentence - 1);
    (void)ignored;
    _exit(2);
}

void *memory_zeroed(size_t count, size_t size) {
    void *memory = calloc(count ? count : 1, size);
    if (!memory)
        out_of_memory();
    return memory;
}

void *memory_resize(void *old, size_t count, size_t size) {
    if (size && count > SIZE_MAX / size)
        out_of_memory();
    void *memory = realloc(old, count && size ? count * size : 1);
    if (!memory)
        out_of_memory();
    return memory;
}

char *string_copy(const char *text) {
    if (!text)
        return NULL;
    char *copy = strdup(text);
    if (!copy)
        out_of_memory();
    return copy;
}

static char *format_list(const char *format, va_list list) {
    char *result = NULL;
    if (vasprintf(&result, format, list) < 0)
        out_of_memory();
    return result;
}

char *string_format(const char *format, ...) {
    va_list list;
    va_start(list, format);
    char *result = format_list(format, list);
    va_end(list);
    return result;
}

const char *path_base(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

bool string_starts(const char *text, const char *prefix) {
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool string_ends(const char *text, const char *suffix) {
    size_t length = strlen(text), end = strlen(suffix);
    return length >= end && strcmp(text + length - end, suffix) == 0;
}

void text_add_bytes(struct text *text, const char *bytes, size_t count) {
    if (text->length + count + 1 > text->capacity) {
        size_t capacity = text->capacity ? text->capacity : 64;
        while (capacity < text->length + count + 1)
            capacity *= 2;
        text->data = memory_resize(text->data, capacity, 1);
        text->capacity = capacity;
    }
    if (count)
        memcpy(text->data + text->length, bytes, count);
    text->length += count;
    text->data[text->length] = '\0';
}

void text_add(struct text *text, const char *format, ...) {
    va_list list;
    va_start(list, format);
    char *piece = format_list(format, list);
    va_end(list);
    text_add_bytes(text, piece, strlen(piece));
    free(piece);
}

char *text_take(struct text *text) {
    char *data = text->data ? text->data : string_copy("");
    *text = (struct text){0};
    return data;
}

void text_free(struct text *text) {
    free(text->data);
    *text = (struct text){0};
}

void text_add_line(struct text *text, const char *line) {
    size_t start = text->length;
    text_add_printable(text, line, strlen(line));
    for (size_t i = start; i < text->length; i++)
        if (text->data[i] == '\n' || text->data[i] == '\t')
            text->data[i] = ' ';
}

void text_add_word(struct text *text, const char *word) {
    static const char plain[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                                "_./:=+,@%^-";
    struct text printable = {0};
    text_add_line(&printable, word);
    if (strcmp(printable.data ? printable.data : "", word) != 0) {
        text_add(text, "$'"); // ANSI-C quoting
        for (const unsigned char *c = (const unsigned char *)word; *c; c++)
            text_add(text, *c < ' ' || *c > '~' || *c == '\'' || *c == '\\' ? "\\%03o" : "%c", *c);
        text_add(text, "'");
    } else if (*word && word[strspn(word, plain)] == '\0') {
        text_add(text, "%s", word);
    } else {
        text_add(text, "'");
        for (; *word; word++)
            text_add(text, *word == '\'' ? "'\\''" : "%c", *word);
        text_add(text, "'");
    }
    text_free(&printable);
}

// Length of the valid UTF-8 sequence at `s` (RFC 3629, section 4), 0 when there is none.
static size_t utf8_sequence(const unsigned char *s, size_t left) {
    if (s[0] < 0x80)
        return 1;
    size_t length = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : s[0] >= 0xc2 ? 2 : 0;
    if (!length || length > left || s[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    bool overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
    bool surrogate = s[0] == 0xed && s[1] > 0x9f;
    bool beyond = s[0] == 0xf4 && s[1] > 0x8f;
    bool control = s[0] == 0xc2 && s[1] < 0xa0;
    return overlong || surrogate || beyond || control ? 0 : length;
}

void text_add_printable(struct text *text, const char *bytes, size_t count) {
    for (size_t i = 0; i < count;) {
        const unsigned char *s = (const unsigned char *)bytes + i;
        size_t length = utf8_sequence(s, count - i);
        bool shown =
            length > 1 || (length == 1 && (*s >= 0x20 || *s == '\n' || *s == '\t') && *s != 0x7f);
        if (shown)
            text_add_bytes(text, bytes + i, length);
        else
            text_add_bytes(text, "\xef\xbf\xbd", 3);
        i += length ? length : 1;
    }
}

void strings_add(struct strings *list, const char *item) {
    list->items = memory_resize(list->items, list->count + 2, sizeof *list->items);
    list->items[list->count++] = string_copy(item);
    list->items[list->count] = NULL;
}

void strings_addf(struct strings *list, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    char *item = format_list(format, arguments);
    va_end(arguments);
    strings_add(list, item);
    free(item);
}

static void add_split(struct strings *list, const char *words, const char *separators) {
    while (words && *words) {
        words += strspn(words, separators);
        size_t length = strcspn(words, separators);
        if (length)
            strings_addf(list, "%.*s", (int)length, words);
        words += length;
    }
}

void strings_add_words(struct strings *list, const char *words) {
    add_split(list, words, " \t\n");
}

void strings_add_list(struct strings *list, const char *words) {
    add_split(list, words, " \t\n,");
}

bool strings_has(const struct strings *list, const char *item) {
    for (size_t i = 0; i < list->count; i++)
        if (strcmp(list->items[i], item) == 0)
            return true;
    return false;
}

void strings_free(struct strings *list) {
    for (size_t i = 0; i < list->count; i++)
        free(list->items[i]);
    free(list->items);
    *list = (struct strings){0};
}

char *file_read(const char *path, size_t *length) {
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    struct text text = {0};
    char buffer[16384];
    ssize_t got;
    while ((got = read(fd, buffer, sizeof buffer)) > 0)
        text_add_bytes(&text, buffer, (size_t)got);
    int problem = got < 0 ? errno : 0;
    close(fd);
    if (problem) {
        text_free(&text);
        errno = problem;
        return NULL;
    }
    if (length)
        *length = text.length;
    return text_take(&text);
}

bool file_write(const char *path, const char *bytes, size_t length) {
    char *temporary = string_format("%s.%ld.new", path, (long)getpid());
    int fd = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    bool ok = fd >= 0;
    for (size_t done = 0; ok && done < length;) {
        ssize_t put = write(fd, bytes + done, length - done);
        ok = put >= 0 || errno == EINTR;
        done += put > 0 ? (size_t)put : 0;
    }
    int problem = errno;
    if (fd >= 0 && close(fd) != 0 && ok) {
        ok = false;
        problem = errno;
    }
    if (ok && rename(temporary, path) != 0) {
        ok = false;
        problem = errno;
    }
    if (!ok && fd >= 0)
        unlink(temporary);
    free(temporary);
    errno = problem;
    return ok;
}

static bool is_directory(const char *path) {
    struct stat status;
    bool found = stat(path, &status) == 0 && S_ISDIR(status.st_mode);
    errno = found ? errno : ENOTDIR;
    return found;
}

bool directory_make(const char *path) {
    if (mkdir(path, 0777) == 0)
        return true;
    if (errno == EEXIST)
        return is_directory(path);
    const char *slash = strrchr(path, '/');
    if (errno != ENOENT || !slash || slash == path)
        return false;
    char *parent = string_format("%.*s", (int)(slash - path), path);
    bool made = directory_make(parent) && (mkdir(path, 0777) == 0 || errno == EEXIST);
    free(parent);
    return made;
}

static int remove_entry(const char *path, const struct stat *status, int type, struct FTW *walk) {
    (void)status, (void)type, (void)walk;
    return remove(path) == 0 ? 0 : -1;
}

void directory_remove(const char *path) {
    nftw(path, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

bool file_same(const char *a, const char *b) {
    char left[PATH_MAX], right[PATH_MAX];
    return a && b &&
           (strcmp(a, b) == 0 ||
            (realpath(a, left) && realpath(b, right) && strcmp(left, right) == 0));
}
