#include "spot.h"

#include "identity.h"
#include "take.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { REMARKS_MOST = 100 }; // about one student

void spot_remark(struct intake *intake, const struct spot *spot, const char *path,
                 const char *why) {
    char *name = identity_shown_path(path_base(path));
    if (spot->first && !*spot->first)
        *spot->first = string_format("%s: %s", name, why);
    free(name);
    if (spot->remarks && (*spot->remarks)++ >= REMARKS_MOST)
        return;
    if (spot->remarks && *spot->remarks == REMARKS_MOST)
        why = "and more of this student that is not listed";
    char *shown = identity_shown_path(path);
    json_t *json = json_pack("{s:s, s:s}", "path", shown, "why", why);
    json_dumpf(json, intake->unrecognised, JSON_COMPACT);
    fputc('\n', intake->unrecognised);
    intake->unrecognised_count++;
    json_decref(json);
    free(shown);
}

char *spot_below(const struct spot *spot, const char *name) {
    return *spot->path ? string_format("%s/%s", spot->path, name) : string_copy(name);
}

char *spot_stem(const char *file) {
    return string_format("%.*s", (int)(strlen(file) - 2), file);
}

static int by_name(const void *a, const void *b) {
    return strcmp(*(char *const *)a, *(char *const *)b);
}

// The names in a directory, in the order of their bytes.
struct strings spot_names(int fd, size_t most) {
    struct strings names = {0};
    int copy = openat(fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *entries = copy >= 0 ? fdopendir(copy) : NULL;
    for (struct dirent *entry; entries && names.count < most && (entry = readdir(entries));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            strings_add(&names, entry->d_name);
    if (entries)
        closedir(entries);
    else if (copy >= 0)
        close(copy);
    if (names.count)
        qsort(names.items, names.count, sizeof *names.items, by_name);
    return names;
}

bool spot_is_directory(int fd, const char *name) {
    struct stat status;
    return fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(status.st_mode);
}

bool spot_is_link(int fd, const char *name) {
    struct stat status;
    return fstatat(fd, name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode);
}

void spot_take(struct intake *intake, const struct spot *spot, const char *name,
               const struct lesson *lesson, const char *student, const char *shown,
               unsigned again) {
    if (!intake_wants(intake, lesson))
        return;
    struct found found = {.student = string_copy(student),
                          .name = string_copy(shown),
                          .lesson = lesson,
                          .path = spot_below(spot, name),
                          .again = again};
    take_file(intake, &found, spot->fd, name);
    if ((intake->count & (intake->count - 1)) == 0) // room for twice as many
        intake->items = memory_resize(intake->items, intake->count ? 2 * intake->count : 1,
                                      sizeof *intake->items);
    intake->items[intake->count++] = found;
}
