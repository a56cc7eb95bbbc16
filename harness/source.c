#include "source.h"

#include "text.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST_SOURCE = 4 << 20 };

char *source_refuse(const char *path) {
    struct stat status;
    if (stat(path, &status) != 0)
        return string_format("%s: %s; give the path of a C file", path, strerror(errno));
    if (S_ISDIR(status.st_mode))
        return string_format("%s: is a directory; name the C files of one program", path);
    if (!S_ISREG(status.st_mode))
        return string_format("%s: is not a regular file; copy the program into a file first", path);
    if (status.st_size == 0)
        return string_format("%s: is empty; give a C file with something in it", path);
    if (status.st_size > LARGEST_SOURCE)
        return string_format("%s: is larger than 4 MiB; this is not a file that a person wrote",
                             path);
    if (!string_ends(path, ".c"))
        return string_format("%s: does not end in .c; only C source files can be judged", path);
    size_t length;
    char *bytes = file_read(path, &length);
    if (!bytes)
        return string_format("%s: %s; make it readable", path, strerror(errno));
    bool binary = memchr(bytes, '\0', length) != NULL;
    free(bytes);
    if (binary)
        return string_format("%s: is a binary file; give the C source that it was made from", path);
    return NULL;
}

char *source_line(const char *path, int number) {
    char *bytes = path && number > 0 ? file_read(path, NULL) : NULL;
    char *at = bytes;
    for (int line = 1; at && line < number; line++) {
        at = strchr(at, '\n');
        at = at ? at + 1 : NULL;
    }
    char *found = at && *at ? string_format("%.*s", (int)strcspn(at, "\n"), at) : NULL;
    free(bytes);
    return found;
}

// The identifiers that may stand before the argument list.
static const char *const blocking_calls[] = {"pthread_mutex_",
                                             "pthread_rwlock_",
                                             "pthread_spin_",
                                             "pthread_cond_",
                                             "pthread_barrier_",
                                             "pthread_join",
                                             "sem_",
                                             "mtx_",
                                             "cnd_",
                                             "thrd_join"};

static const char *arguments_of_call(const char *line) {
    for (size_t i = 0; i < sizeof blocking_calls / sizeof blocking_calls[0]; i++) {
        const char *call = strstr(line, blocking_calls[i]);
        const char *open = call ? strchr(call, '(') : NULL;
        if (open)
            return open + 1;
    }
    return NULL;
}

// The first argument of a list that begins at `start`, without its `&`; NULL when there is none.
static char *first_argument(const char *start) {
    start += strspn(start, "& \t");
    int depth = 0;
    const char *end = start;
    for (; *end && (depth > 0 || (*end != ',' && *end != ')')); end++)
        depth += (*end == '(' || *end == '[') - (*end == ')' || *end == ']');
    while (end > start && isspace((unsigned char)end[-1]))
        end--;
    return end > start ? string_format("%.*s", (int)(end - start), start) : NULL;
}

char *source_argument(const char *path, int number) {
    char *line = source_line(path, number);
    const char *start = line ? arguments_of_call(line) : NULL;
    char *argument = start ? first_argument(start) : NULL;
    free(line);
    return argument;
}

size_t source_indent(const char *line) {
    return strspn(line, " \t");
}

// Expressions

static bool is_word(char c) {
    return isalnum((unsigned char)c) || c == '_';
}

static const char *blanks_back(const char *line, const char *end) {
    while (end > line && isspace((unsigned char)end[-1]))
        end--;
    return end;
}

// Where the word or the brackets that end at `end` begin; `end` itself when there are none.
static const char *operand_back(const char *line, const char *end) {
    const char *at = end;
    for (int depth = 0; at > line;) {
        char c = at[-1];
        depth += (c == ']' || c == ')') - (c == '[' || c == '(');
        if (depth < 0 || (depth == 0 && !is_word(c) && c != '[' && c != '('))
            break;
        at--;
        bool whole = at == line || !is_word(at[-1]);
        if (depth == 0 && whole && (c == '(' || is_word(c)))
            break;
    }
    return at;
}

// Where the chain of members that ends at `end` begins: "a[i].b->c".
static const char *chain_back(const char *line, const char *end) {
    for (;;) {
        const char *start = operand_back(line, end), *before = blanks_back(line, start);
        if (start == end)
            return end;
        if (before > line && before[-1] == '.')
            end = blanks_back(line, before - 1);
        else if (before > line + 1 && before[-1] == '>' && before[-2] == '-')
            end = blanks_back(line, before - 2);
        else
            return start;
    }
}

// Where a cast to a pointer that ends at `end` begins; `end` itself when there is none.
static const char *cast_back(const char *line, const char *end) {
    if (end == line || end[-1] != ')')
        return end;
    const char *inside = blanks_back(line, end - 1);
    if (inside == line || inside[-1] != '*')
        return end;
    const char *at = end - 1;
    while (at > line && *at != '(')
        at--;
    return *at == '(' ? at : end;
}

// A star in front of what begins at `start` that stands for no product.
static const char *star_back(const char *line, const char *start) {
    const char *before = blanks_back(line, cast_back(line, blanks_back(line, start)));
    if (before == line || before[-1] != '*')
        return start;
    const char *left = blanks_back(line, before - 1);
    bool product = left > line && (is_word(left[-1]) || left[-1] == ')' || left[-1] == ']');
    return product ? start : star_back(line, before - 1);
}

static const char *chain_forward(const char *at) {
    at += strspn(at, "* \t");
    for (;;) {
        while (is_word(*at))
            at++;
        if (*at == '[') {
            for (int depth = 0; *at; at++) {
                depth += (*at == '[') - (*at == ']');
                if (*at == ']' && depth == 0)
                    break;
            }
            at += *at == ']';
        }
        bool arrow = at[0] == '-' && at[1] == '>';
        if (!arrow && *at != '.')
            return at;
        at += arrow ? 2 : 1;
    }
}

static bool is_named(const char *start, const char *end) {
    static const char *const words[] = {"return", "if",     "for",  "while",    "switch", "sizeof",
                                        "int",    "long",   "char", "unsigned", "static", "const",
                                        "else",   "struct", "do",   "void"};
    size_t length = (size_t)(end - start), named = 0;
    for (size_t i = 0; i < length; i++)
        named += isalpha((unsigned char)start[i]) || start[i] == '_';
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (strlen(words[i]) == length && strncmp(words[i], start, length) == 0)
            return false;
    return named > 0;
}

// Calls that access what their first argument points to.
static bool accesses_argument(const char *name) {
    static const char *const calls[] = {"free(", "atomic_", "__atomic_", "__sync_"};
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        if (string_starts(name, calls[i]))
            return true;
    return false;
}

// The compiler puts an assignment at its operator, a member at its own name, and all else at its start.
char *source_accessed(const char *path, int number, int column) {
    char *line = source_line(path, number), *found = NULL;
    if (!line || column < 1 || (size_t)column > strlen(line)) {
        free(line);
        return NULL;
    }
    const char *at = line + column - 1, *start = at, *end = at;
    if (is_word(*at)) {
        while (is_word(*end))
            end++;
        start = chain_back(line, end);
        const char *open = end + strspn(end, " \t");
        if (*open == '(') { // a call
            found = accesses_argument(start) ? first_argument(open + 1) : NULL;
            free(line);
            return found;
        }
    } else if (*at == '*' && at[1] != '=') {
        end = chain_forward(at);
    } else {
        end = blanks_back(line, at);
        start = chain_back(line, end);
        if (start == end) { // "++x"
            start = at + strspn(at, "+- \t");
            end = chain_forward(start);
        } else {
            start = star_back(line, start);
        }
    }
    if (end > start && *start != '[' && is_named(start, end))
        found = string_format("%.*s", (int)(end - start), start);
    free(line);
    return found;
}
