#include "output.h"

#include "../text.h"
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_within(const char *path, const char *directory) {
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 &&
           (path[length] == '/' || path[length] == '\0' || strcmp(directory, "/") == 0);
}

static bool is_empty(const char *path) {
    DIR *entries = opendir(path);
    bool empty = entries != NULL;
    for (struct dirent *entry; empty && (entry = readdir(entries));)
        empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
    if (entries)
        closedir(entries);
    return empty;
}

static bool has(const char *out, const char *name) {
    char *path = string_format("%s/%s", out, name);
    bool there = access(path, F_OK) == 0;
    free(path);
    return there;
}

bool output_used(const char *out) {
    return has(out, "worklist.jsonl");
}

char *output_open(const char *out, const char *folder) {
    char real[PATH_MAX], submissions[PATH_MAX];
    // Before anything is made: a place within the submissions must stay as it is.
    char *parent = string_copy(out);
    while (!realpath(parent, real)) {
        char *slash = strrchr(parent, '/');
        if (!slash || slash == parent) {
            free(parent);
            parent = string_copy(slash ? "/" : ".");
        } else {
            *slash = '\0';
        }
    }
    free(parent);
    if (folder && realpath(folder, submissions) && is_within(real, submissions))
        return string_format("%s: lies in the folder of the submissions, in which nothing is "
                             "written; name another directory with --out",
                             out);
    if (!directory_make(out) || access(out, W_OK | X_OK) != 0)
        return store_problem(out, errno);
    if (!output_used(out) && !has(out, "lock") && !is_empty(out))
        return string_format("%s: holds something that is not a grading; name an empty or a new "
                             "directory with --out",
                             out);
    return NULL;
}

// Clearing

static bool is_name(const char *name, size_t digits, const char *end) {
    return strspn(name, "0123456789abcdef") == digits && strcmp(name + digits, end) == 0;
}

static void remove_at(const char *directory, const char *name, bool whole) {
    char *path = string_format("%s/%s", directory, name);
    if (whole)
        directory_remove(path);
    else
        unlink(path);
    free(path);
}

// OUT/NAME/KK/DIGEST…, and the directories when nothing else is in them.
static void clear_store(const char *out, const char *name, const char *end, bool whole) {
    char *store = string_format("%s/%s", out, name);
    DIR *entries = opendir(store);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        if (!is_name(entry->d_name, 2, ""))
            continue;
        char *part = string_format("%s/%s", store, entry->d_name);
        int fd = open(part, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        DIR *files = fd >= 0 ? fdopendir(fd) : NULL;
        for (struct dirent *file; files && (file = readdir(files));) {
            bool half =
                strspn(file->d_name, "0123456789abcdef") == 32 && string_ends(file->d_name, ".new");
            if (is_name(file->d_name, 32, end) || half)
                remove_at(part, file->d_name, whole && !half);
        }
        if (files)
            closedir(files);
        rmdir(part);
        free(part);
    }
    if (entries)
        closedir(entries);
    rmdir(store);
    free(store);
}

void output_clear(const char *out) {
    clear_store(out, "records", ".json", false);
    clear_store(out, "sources", ".c", false);
    clear_store(out, "evidence", "", true);
    struct stat status;
    char *books = string_format("%s/books", out); // a link to those of the old grading
    if (lstat(books, &status) == 0 && S_ISLNK(status.st_mode))
        unlink(books);
    free(books);
    remove_at(out, "worklist.jsonl", false);
    remove_at(out, "unrecognised.jsonl", false);
}
