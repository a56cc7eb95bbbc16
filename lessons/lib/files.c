#include "files.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "must.h"

static bool ends_in(const char *name, const char *ending) {
    size_t length = strlen(name), tail = strlen(ending);
    return length > tail && strcmp(name + length - tail, ending) == 0;
}

/* "directory/name", or the name alone in "."; owned by the caller. */
static char *path_of(const char *directory, const char *name) {
    size_t size = strlen(directory) + strlen(name) + 2;
    char *path = must_alloc(malloc(size));
    bool top = strcmp(directory, ".") == 0;
    snprintf(path, size, "%s%s%s", top ? "" : directory, top ? "" : "/", name);
    return path;
}

static void pass_over(const char *path) {
    fprintf(stderr, "%s: %s; passed over\n", path, strerror(errno));
}

static void find_below(const char *directory, const char *ending, void (*found)(char *path)) {
    DIR *entries = opendir(directory);
    if (entries == NULL) {
        pass_over(directory);
        return;
    }
    for (const struct dirent *entry; (entry = readdir(entries)) != NULL;) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0) {
            continue;
        }
        char *path = path_of(directory, entry->d_name);
        struct stat status;
        if (lstat(path, &status) == 0 && S_ISDIR(status.st_mode)) {
            find_below(path, ending, found); /* links are not entered: lstat() does not follow */
        } else if (ends_in(entry->d_name, ending)) {
            if (stat(path, &status) != 0) {
                pass_over(path); /* it has vanished, or is a link that leads nowhere */
            } else if (S_ISREG(status.st_mode)) {
                found(path);
                continue; /* the path is no longer ours */
            }
        }
        free(path);
    }
    closedir(entries);
}

void files_find(const char *ending, void (*found)(char *path)) {
    find_below(".", ending, found);
}
