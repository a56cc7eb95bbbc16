#include "rule.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

static void add_name(const char *name, struct strings *headers) {
    char real[PATH_MAX];
    if (!string_ends(name, ".c") && realpath(name, real) && !strings_has(headers, real))
        strings_add(headers, real);
}

// Names are separated by blanks, and a backslash stands before a blank that belongs to a name.
void rule_headers(const char *path, struct strings *headers) {
    char *rule = file_read(path, NULL);
    const char *at = rule ? strstr(rule, ".o:") : NULL;
    struct text name = {0};
    for (at = at ? at + 3 : NULL; at && *at; at++) {
        bool joined = at[0] == '\\' && (at[1] == ' ' || at[1] == '#');
        if (at[0] == '\\' && at[1] == '\n')
            at++;
        else if (joined || !strchr(" \t\n", *at))
            text_add_bytes(&name, joined ? ++at : at, 1);
        if ((at[1] == '\0' || strchr(" \t\n", at[1])) && name.length) {
            add_name(name.data, headers);
            text_free(&name);
        }
    }
    text_free(&name);
    free(rule);
}
