#include "shown.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void shown_headers(struct strings *shown, const char *directory) {
    DIR *stream = opendir(directory);
    for (struct dirent *entry; stream && (entry = readdir(stream));)
        if (string_ends(entry->d_name, ".h")) {
            char *path = string_format("%s/%s", directory, entry->d_name);
            if (!strings_has(shown, path))
                strings_add(shown, path);
            free(path);
        }
    if (stream)
        closedir(stream);
}

void shown_to_compiler(const struct home *home, const char *source, const struct strings *flags,
                       struct strings *shown) {
    strings_add(shown, source);
    for (size_t i = 0; i < flags->count; i++)
        if (string_starts(flags->items[i], "-I"))
            shown_headers(shown, flags->items[i] + strlen("-I"));
    char *library = string_format("%s/lib", home->lessons);
    shown_headers(shown, library);
    free(library);
}

void shown_existing(struct strings *shown, const struct strings *names) {
    for (size_t i = 0; i < names->count; i++)
        if (strchr(names->items[i], '/') && access(names->items[i], R_OK) == 0)
            strings_add(shown, names->items[i]);
}
