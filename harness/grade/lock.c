#include "lock.h"

#include "../text.h"
#include "store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

// Who holds the lock wrote so into its file.
static char *held_by(const char *path) {
    char *who = file_read(path, NULL);
    struct text line = {0};
    text_add_line(&line, who && *who ? who : "another process");
    while (line.length && line.data[line.length - 1] == ' ')
        line.data[--line.length] = '\0';
    char *sentence = string_format("%s is held by %s; wait until it has ended, or name another "
                                   "directory with --out",
                                   path, line.data);
    text_free(&line);
    free(who);
    return sentence;
}

static void sign(int fd) {
    char host[256] = "?";
    char when[32] = "?";
    time_t now = time(NULL);
    struct tm local;
    gethostname(host, sizeof host - 1);
    if (localtime_r(&now, &local))
        strftime(when, sizeof when, "%Y-%m-%d %H:%M:%S", &local);
    char *line =
        string_format("process %ld on %s, which began at %s\n", (long)getpid(), host, when);
    // What cannot be written is not said: the lock holds nevertheless.
    if (ftruncate(fd, 0) == 0 && pwrite(fd, line, strlen(line), 0) < 0)
        errno = 0;
    free(line);
}

static char *take(const char *out, const char *name, int how, int *fd) {
    char *path = string_format("%s/%s", out, name), *problem = NULL;
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (*fd < 0) {
        problem = store_problem(path, errno);
    } else if (flock(*fd, how | LOCK_NB) != 0) {
        problem = errno == EWOULDBLOCK ? held_by(path) : store_problem(path, errno);
        close(*fd);
        *fd = -1;
    } else {
        sign(*fd);
    }
    free(path);
    return problem;
}

char *lock_take(struct lock *lock, const char *out, unsigned shard, unsigned shards) {
    lock->all = lock->shard = -1;
    char *problem = take(out, "lock", shards > 1 ? LOCK_SH : LOCK_EX, &lock->all);
    if (!problem && shards > 1) {
        char *name = string_format("lock-%u-of-%u", shard, shards);
        problem = take(out, name, LOCK_EX, &lock->shard);
        free(name);
    }
    if (problem)
        lock_release(lock);
    return problem;
}

int lock_worklist(const char *out, char **problem) {
    char *path = string_format("%s/lock-worklist", out);
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666), held = -1;
    while (fd >= 0 && (held = flock(fd, LOCK_EX)) != 0 && errno == EINTR)
        ;
    if (held != 0) {
        *problem = store_problem(path, errno);
        if (fd >= 0)
            close(fd);
    }
    free(path);
    return held == 0 ? fd : -1;
}

void lock_release(struct lock *lock) {
    if (lock->shard >= 0)
        close(lock->shard);
    if (lock->all >= 0)
        close(lock->all);
    lock->all = lock->shard = -1;
}

unsigned lock_shards(const char *out) {
    DIR *entries = opendir(out);
    unsigned most = 1, shard, shards;
    for (struct dirent *entry; entries && (entry = readdir(entries));)
        if (sscanf(entry->d_name, "lock-%u-of-%u", &shard, &shards) == 2 && shards > most)
            most = shards;
    if (entries)
        closedir(entries);
    return most;
}
