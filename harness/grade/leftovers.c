#include "leftovers.h"

#include "../text.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

static const char name[] = "grading.lock";

// The lock is held before it has its name: nobody can come in between. What cannot be locked is not removed
// by others, which costs room, nothing else.
static void claim(const char *work) {
    char *early = string_format("%s/%s.new", work, name),
         *late = string_format("%s/%s", work, name);
    int fd = open(early, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0 && (flock(fd, LOCK_EX | LOCK_NB) != 0 || rename(early, late) != 0))
        close(fd);
    free(early);
    free(late);
}

static void remove_unheld(const char *directory) {
    char *path = string_format("%s/%s", directory, name);
    int fd = open(path, O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) == 0)
        directory_remove(directory);
    if (fd >= 0)
        close(fd);
    free(path);
}

void leftovers_remove(const char *work) {
    char *parent = string_format("%.*s", (int)(path_base(work) - work), work);
    DIR *entries = opendir(parent);
    claim(work);
    for (struct dirent *entry; entries && (entry = readdir(entries));) {
        bool ours =
            string_starts(entry->d_name, "work-") || string_starts(entry->d_name, "interleave-");
        if (!ours || strcmp(entry->d_name, path_base(work)) == 0)
            continue;
        char *directory = string_format("%s%s", parent, entry->d_name);
        remove_unheld(directory);
        free(directory);
    }
    if (entries)
        closedir(entries);
    free(parent);
}
