#include "group.h"

#include "../text.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char prefix[] = "interleave-";
// systemd leaves this part of the groups to an ordinary user.
static const char remedy[] = "; start it with 'systemd-run --user --scope'";

// The directories that this process may make groups in; with version 2 both are one.
static struct {
    bool sought, second;
    char *memory, *tasks;
} places;

static const struct files {
    const char *memory, *swap, *tasks, *kills; // the last holds a line "oom_kill N"
} versions[] = {
    {"memory.limit_in_bytes", "memory.memsw.limit_in_bytes", "pids.max", "memory.oom_control"},
    {"memory.max", "memory.swap.max", "pids.max", "memory.events"},
};

static const struct files *files(void) {
    return &versions[places.second];
}

// The group of this process: the path in the line of /proc/self/cgroup that names the controller, which for
// version 2 is "".
static char *own_path(const char *controller) {
    char *text = file_read("/proc/self/cgroup", NULL), *state = NULL, *found = NULL;
    for (char *line = text ? strtok_r(text, "\n", &state) : NULL; line && !found;
         line = strtok_r(NULL, "\n", &state)) {
        char *names = strchr(line, ':'), *path = names ? strchr(names + 1, ':') : NULL;
        if (!path)
            continue;
        *path++ = '\0';
        struct strings list = {0};
        strings_add_list(&list, names + 1);
        if (*controller ? strings_has(&list, controller) : list.count == 0)
            found = string_copy(path);
        strings_free(&list);
    }
    free(text);
    return found;
}

static bool is_directory(const char *path) {
    struct stat status;
    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

// Within a container the path may be that of the machine, which is not there: then the top is its own.
static char *place_below(const char *mount, const char *controller) {
    char *own = own_path(controller);
    char *place = own ? string_format("%s%s", mount, own) : NULL;
    free(own);
    if (place && is_directory(place))
        return place;
    free(place);
    return string_copy(mount);
}

// In version 2 a group with processes has no groups with limits below it: ours go beside the own one, if
// the one above passes the controllers on.
static char *place_beside(const char *mount) {
    char *place = place_below(mount, "");
    char *slash = strlen(place) > strlen(mount) ? strrchr(place, '/') : NULL;
    if (slash)
        *slash = '\0';
    char *path = string_format("%s/cgroup.subtree_control", place);
    char *passed = file_read(path, NULL);
    bool ok = passed && strstr(passed, "memory") && strstr(passed, "pids");
    free(passed);
    free(path);
    if (ok)
        return place;
    free(place);
    return NULL;
}

static void seek_places(void) {
    if (places.sought)
        return;
    places.sought = true;
    FILE *mounts = setmntent("/proc/self/mounts", "r");
    char *beside = NULL;
    for (struct mntent *entry; mounts && (entry = getmntent(mounts));) {
        bool first = strcmp(entry->mnt_type, "cgroup") == 0;
        if (first && hasmntopt(entry, "memory") && !places.memory)
            places.memory = place_below(entry->mnt_dir, "memory");
        if (first && hasmntopt(entry, "pids") && !places.tasks)
            places.tasks = place_below(entry->mnt_dir, "pids");
        if (strcmp(entry->mnt_type, "cgroup2") == 0 && !beside)
            beside = place_beside(entry->mnt_dir);
    }
    if (mounts)
        endmntent(mounts);
    places.second = beside && !places.memory;
    if (places.second)
        places.memory = places.tasks = beside;
    else
        free(beside);
}

static bool put(const char *place, const char *group, const char *file, const char *value) {
    char *path = string_format("%s/%s/%s", place, group, file);
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    bool ok = fd >= 0 && write(fd, value, strlen(value)) == (ssize_t)strlen(value);
    int problem = errno;
    if (fd >= 0)
        close(fd);
    free(path);
    errno = problem;
    return ok;
}

static bool make(const char *place, const char *group) {
    char *path = string_format("%s/%s", place, group);
    bool ok = mkdir(path, 0755) == 0;
    free(path);
    return ok;
}

// One that is there already is not taken: it counts for somebody else, or has counted for one who was killed
// and had our id.
static char *make_new(void) {
    static unsigned counter;
    for (;;) {
        char *group = string_format("%s%ld-%u", prefix, (long)getpid(), ++counter);
        if (make(places.memory, group))
            return group;
        free(group);
        if (errno != EEXIST)
            return NULL;
    }
}

static void drop(const char *place, const char *group) {
    char *path = string_format("%s/%s", place, group);
    rmdir(path); // fails while somebody is in it
    free(path);
}

static void sweep(const char *place) {
    DIR *directory = opendir(place);
    for (struct dirent *entry; directory && (entry = readdir(directory));) {
        if (!string_starts(entry->d_name, prefix))
            continue;
        pid_t owner = (pid_t)strtol(entry->d_name + strlen(prefix), NULL, 10);
        if (owner > 0 && kill(owner, 0) != 0 && errno == ESRCH)
            drop(place, entry->d_name);
    }
    if (directory)
        closedir(directory);
}

char *group_refuse(void) {
    seek_places();
    if (!places.memory || !places.tasks)
        return string_copy("no control groups for memory and tasks are passed on to this process");
    sweep(places.memory);
    sweep(places.tasks);
    char *group = group_new(256 << 20, 64);
    if (!group)
        return string_format("control groups cannot be made below %s: %s%s", places.memory,
                             strerror(errno), places.second && geteuid() != 0 ? remedy : "");
    group_close(group);
    free(group);
    return NULL;
}

char *group_new(uint64_t memory, uint64_t tasks) {
    seek_places();
    char *group = places.memory && places.tasks ? make_new() : NULL;
    if (!group)
        return NULL;
    char *bytes = string_format("%llu", (unsigned long long)memory),
         *number = string_format("%llu", (unsigned long long)tasks);
    bool ok = (make(places.tasks, group) || errno == EEXIST) && // it may be the same place
              put(places.memory, group, files()->memory, bytes) &&
              put(places.tasks, group, files()->tasks, number);
    int problem = errno;
    if (ok) // where the kernel does not count swap, there is no such file
        put(places.memory, group, files()->swap, places.second ? "0" : bytes);
    free(bytes);
    free(number);
    if (ok)
        return group;
    group_close(group);
    free(group);
    errno = problem;
    return NULL;
}

bool group_join(const char *name) {
    seek_places();
    return places.memory && places.tasks && put(places.memory, name, "cgroup.procs", "0") &&
           put(places.tasks, name, "cgroup.procs", "0");
}

bool group_close(const char *name) {
    char *path = string_format("%s/%s/%s", places.memory, name, files()->kills);
    char *text = file_read(path, NULL), *line = text ? strstr(text, "oom_kill ") : NULL;
    bool killed = line && strtoull(line + strlen("oom_kill "), NULL, 10) > 0;
    free(text);
    free(path);
    drop(places.memory, name);
    drop(places.tasks, name);
    return killed;
}
