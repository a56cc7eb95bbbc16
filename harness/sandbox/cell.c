// The keeper's side of a box: files in and out, and the last steps of the program to be.
#include "box.h"
#include "landlock.h"
#include "sizes.h"
#include "order.h"
#include "syscalls.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

static bool has_namespaces(const json_t *order) {
    return order_level(order) != SANDBOX_LANDLOCK;
}

// Copies at most `most` bytes, and leaves holes where there are holes. 1: all; 0: not all fitted; -1: errno.
static int copy(int from, int to, unsigned long long most) {
    static char buffer[65536];
    struct stat status;
    if (fstat(from, &status) != 0)
        return -1;
    off_t size = status.st_size < (off_t)most ? status.st_size : (off_t)most;
    for (off_t at = 0; at < size;) {
        off_t data = lseek(from, at, SEEK_DATA);
        if (data < 0 && errno == ENXIO)
            break;
        at = data < 0 ? at : data;
        ssize_t got = pread(from, buffer, sizeof buffer, at);
        if (got < 0)
            return -1;
        if (got == 0)
            break;
        if (got > size - at)
            got = size - at;
        for (ssize_t done = 0; done < got;) {
            ssize_t put = pwrite(to, buffer + done, (size_t)(got - done), at + done);
            if (put < 0 && errno != EINTR)
                return -1;
            done += put > 0 ? put : 0;
        }
        at += got;
    }
    return ftruncate(to, size) == 0 ? size == status.st_size : -1;
}

// Only a regular file that nothing else names.
static int open_plain(int directory, const char *name) {
    int fd = openat(directory, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    struct stat status;
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1)
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

// 1, 0, -1 as copy(); 2: there is nothing to copy, or already something of that name.
static int carry(int from, int to, const char *name, unsigned long long most) {
    int source = open_plain(from, name);
    if (source < 0)
        return 2;
    int target = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat status;
    int result = target < 0 ? (errno == EEXIST ? 2 : -1) : copy(source, target, most);
    if (target >= 0 && fstat(source, &status) == 0 && fchmod(target, status.st_mode & 0755) != 0)
        result = -1;
    int problem = errno;
    close(source);
    if (target >= 0)
        close(target);
    errno = problem;
    return result;
}

static void names_in(int directory, struct strings *names, size_t most) {
    int own = openat(directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = own >= 0 ? fdopendir(own) : NULL;
    for (struct dirent *entry; stream && names->count < most && (entry = readdir(stream));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            strings_add(names, entry->d_name);
    if (stream)
        closedir(stream);
}

static char *trouble(const char *name, const char *what) {
    return string_format("%s: %s: %s; make room or set TMPDIR", name, what, strerror(errno));
}

char *cell_open(const json_t *order) {
    prctl(PR_SET_DUMPABLE, 0); // its memory and its descriptors are nobody's but its own
    if (!has_namespaces(order))
        return NULL;
    char *scratch = order_name(order, "scratch"), *problem = NULL;
    int outside = (int)order_number(order, "outside");
    int inside = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    fcntl(outside, F_SETFD, FD_CLOEXEC);
    struct strings names = {0}, kept = {0};
    order_names(order, "kept", &kept);
    if (kept.count == 0)
        names_in(outside, &names, SIZE_MAX);
    for (size_t i = 0; i < names.count && !problem; i++)
        if (carry(outside, inside, names.items[i], BOX_SCRATCH) != 1)
            problem = trouble(names.items[i], "cannot be copied into the sandbox");
    close(inside);
    strings_free(&names);
    strings_free(&kept);
    free(scratch);
    return problem;
}

char *cell_sources(const json_t *order, struct strings *names) {
    order_names(order, "own", names);
    return order_name(order, "here");
}

// Confinement

static bool limit_resources(const json_t *order) {
    const struct {
        __rlimit_resource_t what;
        rlim_t most;
    } limits[] = {{RLIMIT_CPU, (rlim_t)order_number(order, "processor")},
                  {RLIMIT_FSIZE, BOX_FILE_SIZE},
                  {RLIMIT_NOFILE, BOX_DESCRIPTORS},
                  {RLIMIT_NPROC, BOX_TASKS},
                  {RLIMIT_MEMLOCK, 0},
                  {RLIMIT_MSGQUEUE, 0}};
    for (size_t i = 0; i < sizeof limits / sizeof limits[0]; i++) {
        struct rlimit now;
        if (getrlimit(limits[i].what, &now) != 0)
            return false;
        rlim_t most = now.rlim_max < limits[i].most ? now.rlim_max : limits[i].most;
        now = (struct rlimit){most, most};
        if (setrlimit(limits[i].what, &now) != 0)
            return false;
    }
    return true;
}

// When the kernel needs memory, the program goes before the keeper. (What hides from others belongs to root, in
// /proc; exec would end that anyway.)
static void be_first_to_go(void) {
    prctl(PR_SET_DUMPABLE, 1);
    int fd = open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
    ssize_t ignored = fd >= 0 ? write(fd, "1000", 4) : 0;
    (void)ignored;
    if (fd >= 0)
        close(fd);
}

static bool confine_by_landlock(const json_t *order) {
    static const struct landlock_rule system[] = {
        {"/usr", LANDLOCK_USE},
        {"/bin", LANDLOCK_USE},
        {"/sbin", LANDLOCK_USE},
        {"/lib", LANDLOCK_USE},
        {"/lib32", LANDLOCK_USE},
        {"/lib64", LANDLOCK_USE},
        {"/etc/ld.so.cache", LANDLOCK_READ},
        {"/etc/alternatives", LANDLOCK_READ},
        {"/etc/localtime", LANDLOCK_READ},
        {"/proc", LANDLOCK_READ},
        {"/dev/null", LANDLOCK_WRITE},
        {"/dev/zero", LANDLOCK_WRITE},
        {"/dev/full", LANDLOCK_WRITE},
        {"/dev/random", LANDLOCK_READ},
        {"/dev/urandom", LANDLOCK_READ},
    };
    enum { SYSTEM = sizeof system / sizeof system[0] };
    char *scratch = order_name(order, "scratch");
    struct strings shown = {0};
    order_names(order, "shown", &shown);
    char *executable = order_name(order, "executable");
    if (executable)
        strings_add(&shown, executable);
    free(executable);
    struct landlock_rule *rules = memory_zeroed(SYSTEM + shown.count + 1, sizeof *rules);
    memcpy(rules, system, sizeof system);
    for (size_t i = 0; i < shown.count; i++)
        rules[SYSTEM + i] = (struct landlock_rule){shown.items[i], LANDLOCK_USE};
    rules[SYSTEM + shown.count] = (struct landlock_rule){scratch, LANDLOCK_OWN};
    bool in_place = json_is_true(json_object_get(order, "in_place"));
    return (in_place || chdir(scratch) == 0) && landlock_confine(rules, SYSTEM + shown.count + 1);
}

const char *cell_confine(const json_t *order) {
    be_first_to_go();
    if (!limit_resources(order))
        return "limits of the sandbox";
    if (!has_namespaces(order) && !confine_by_landlock(order))
        return "Landlock";
    if (!syscalls_refuse(order_level(order), json_is_true(json_object_get(order, "explores"))))
        return "the filter of system calls";
    return NULL;
}

// Files

static bool is_used_up(const char *path) {
    struct statvfs status;
    return statvfs(path, &status) == 0 &&
           (status.f_bfree == 0 || status.f_files - status.f_ffree > BOX_INODES);
}

// Where it has no file system of its own, its files are counted: a level deep, as far as it goes.
static bool weighs_too_much(int directory, const struct strings *names) {
    unsigned long long bytes = 0;
    for (size_t i = 0; i < names->count; i++) {
        struct stat status;
        if (fstatat(directory, names->items[i], &status, AT_SYMLINK_NOFOLLOW) == 0)
            bytes += (unsigned long long)status.st_blocks * 512;
    }
    return bytes > BOX_SCRATCH;
}

bool cell_is_full(const json_t *order) {
    char *scratch = order_name(order, "scratch");
    int directory = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct strings names = {0};
    names_in(directory, &names, BOX_KEPT_FILES + 1); // more could not be handed over
    bool full = names.count > BOX_KEPT_FILES;
    if (has_namespaces(order))
        full = full || is_used_up(scratch) || is_used_up("/tmp") || is_used_up("/dev/shm");
    else
        full = full || weighs_too_much(directory, &names);
    if (directory >= 0)
        close(directory);
    strings_free(&names);
    free(scratch);
    return full;
}

// What is not a plain file, or too much, goes: who reads the directory later has other rights.
static char *tidy(int directory) {
    struct strings names = {0};
    char *problem = NULL;
    names_in(directory, &names, SIZE_MAX);
    for (size_t i = 0; i < names.count && !problem; i++) {
        int fd = open_plain(directory, names.items[i]);
        struct stat status;
        bool plain = fd >= 0 && fstat(fd, &status) == 0 && i < BOX_KEPT_FILES &&
                     (unsigned long long)status.st_size <= BOX_KEPT_SIZE;
        if (fd >= 0)
            close(fd);
        if (plain)
            continue;
        char *path = string_format("/proc/self/fd/%d/%s", directory, names.items[i]);
        if (unlinkat(directory, names.items[i], 0) != 0)
            directory_remove(path);
        if (faccessat(directory, names.items[i], F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            problem = trouble(names.items[i], "cannot be removed");
        free(path);
    }
    strings_free(&names);
    return problem;
}

char *cell_close(const json_t *order) {
    int outside = (int)order_number(order, "outside");
    if (!has_namespaces(order))
        return tidy(outside);
    char *scratch = order_name(order, "scratch"), *problem = NULL;
    int inside = open(scratch, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct strings names = {0};
    order_names(order, "kept", &names);
    if (!names.count)
        names_in(inside, &names, BOX_KEPT_FILES);
    for (size_t i = 0; i < names.count && !problem; i++)
        if (carry(inside, outside, names.items[i], BOX_KEPT_SIZE) == -1)
            problem = trouble(names.items[i], "cannot be copied out of the sandbox");
    close(inside);
    strings_free(&names);
    free(scratch);
    return problem;
}
