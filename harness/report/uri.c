#include "uri.h"

#include "../text.h"

#include <ctype.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// As the name stands there, links and all: without `.`, `..` and empty parts. Begins with a slash, does not
// end in one.
static char *absolute(const char *path) {
    char here[PATH_MAX];
    const char *parts[] = {*path != '/' && getcwd(here, sizeof here) ? here : "", path};
    struct text whole = {0};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        for (const char *at = parts[i]; *at;) {
            size_t length = strcspn(at, "/");
            if (length == 2 && strncmp(at, "..", 2) == 0) {
                char *slash = whole.length ? strrchr(whole.data, '/') : NULL;
                whole.length = slash ? (size_t)(slash - whole.data) : 0;
                if (slash)
                    *slash = '\0';
            } else if (length && !(length == 1 && *at == '.')) {
                text_add(&whole, "/%.*s", (int)length, at);
            }
            at += length + (at[length] == '/');
        }
    return text_take(&whole);
}

static char *encoded(const char *before, const char *path) {
    struct text uri = {0};
    text_add(&uri, "%s", before);
    for (const char *c = path; *c; c++)
        if (isascii(*c) && (isalnum((unsigned char)*c) || strchr("-._~/", *c)))
            text_add(&uri, "%c", *c);
        else
            text_add(&uri, "%%%02X", (unsigned)(unsigned char)*c);
    return text_take(&uri);
}

char *uri_of_path(const char *path, bool *below) {
    char *whole = absolute(path), *here = absolute("");
    size_t length = strlen(here);
    *below = strncmp(whole, here, length) == 0 && whole[length] == '/' && whole[length + 1];
    char *uri = *below ? encoded("", whole + length + 1) : encoded("file://", whole);
    free(here);
    free(whole);
    return uri;
}

char *uri_of_working_directory(void) {
    char *here = absolute(""), *uri = encoded("file://", here);
    free(here);
    here = string_format("%s/", uri);
    free(uri);
    return here;
}
