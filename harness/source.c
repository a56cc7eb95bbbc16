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

char *source_argument(const char *path, int number) {
    char *line = source_line(path, number);
    const char *start = line ? arguments_of_call(line) : NULL;
    char *argument = NULL;
    if (start) {
        start += strspn(start, "& \t");
        int depth = 0;
        const char *end = start;
        for (; *end && (depth > 0 || (*end != ',' && *end != ')')); end++)
            depth += (*end == '(' || *end == '[') - (*end == ')' || *end == ']');
        while (end > start && isspace((unsigned char)end[-1]))
            end--;
        if (end > start)
            argument = string_format("%.*s", (int)(end - start), start);
    }
    free(line);
    return argument;
}

size_t source_indent(const char *line) {
    return strspn(line, " \t");
}
