// The started process becomes the box: it gives up what rights it has and turns into bubblewrap, which starts
// the keeper inside; or, without namespaces, it goes on as the keeper.
#include "box.h"
#include "group.h"
#include "sizes.h"
#include "order.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

static char *failed(const char *what) {
    return string_format("the sandbox could not be entered: %s: %s", what, strerror(errno));
}

// What an ordinary system has in place of directories of its own: "/bin" is "usr/bin".
static void add_system(struct strings *argv) {
    static const char *const links[] = {"/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"};
    static const char *const settings[] = {"/etc/ld.so.cache", "/etc/ld.so.conf",
                                           "/etc/ld.so.conf.d", "/etc/alternatives",
                                           "/etc/localtime"};
    strings_add_words(argv, "--ro-bind /usr /usr");
    for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
        char target[256];
        ssize_t length = readlink(links[i], target, sizeof target - 1);
        if (length > 0)
            strings_add(argv, "--symlink"), strings_addf(argv, "%.*s", (int)length, target);
        else
            strings_add(argv, "--ro-bind-try"), strings_add(argv, links[i]);
        strings_add(argv, links[i]);
    }
    for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
        strings_add(argv, "--ro-bind-try");
        strings_add(argv, settings[i]);
        strings_add(argv, settings[i]);
    }
}

static void add_room(struct strings *argv, unsigned long long size, const char *path) {
    strings_add(argv, "--size");
    strings_addf(argv, "%llu", size);
    strings_add(argv, "--tmpfs");
    strings_add(argv, path);
}

// Files are copied: whoever owns them outside, and whatever directories they lie in. Directories are mounted.
static void show(struct strings *argv, const char *path) {
    int fd = open(path, O_RDONLY | O_NONBLOCK);
    struct stat status;
    if (fd < 0)
        return;
    if (fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
        strings_add(argv, "--ro-bind");
        strings_add(argv, path);
        close(fd);
    } else {
        strings_add(argv, "--perms");
        strings_add(argv, status.st_mode & 0111 ? "0555" : "0444");
        strings_add(argv, "--file");
        strings_addf(argv, "%d", fd);
    }
    strings_add(argv, path);
}

static bool is_above(const char *directory, const char *path) {
    size_t length = strlen(directory);
    return strcmp(directory, "/") == 0 ||
           (strncmp(path, directory, length) == 0 && path[length] == '/');
}

// The program cannot change its own file, though it may lie below a directory that it can write to: its lines are
// read there after it has ended.
static void show_executable(struct strings *argv, const char *path) {
    char *directory = string_format("%.*s", (int)(path_base(path) - path), path);
    add_room(argv, BOX_SCRATCH, directory);
    show(argv, path);
    strings_add(argv, "--remount-ro");
    strings_add(argv, directory);
    free(directory);
}

// The options of bubblewrap, in order: a later mount lies above an earlier one. At last nothing but the sized
// file systems can be written to.
static void add_options(const json_t *order, struct strings *argv) {
    char *executable = order_name(order, "executable"), *here = order_name(order, "here"),
         *scratch = order_name(order, "scratch");
    bool in_place = json_is_true(json_object_get(order, "in_place"));
    struct strings shown = {0};
    order_names(order, "shown", &shown);
    strings_add_words(argv, "bwrap --unshare-all --unshare-user --unshare-pid --die-with-parent "
                            "--as-pid-1");
    add_system(argv);
    strings_add_words(argv, "--proc /proc --dev /dev");
    add_room(argv, BOX_SHARED, "/dev/shm");
    add_room(argv, BOX_TEMPORARY, "/tmp");
    if (in_place)
        strings_add(argv, "--dir"), strings_add(argv, here);
    add_room(argv, BOX_SCRATCH, scratch);
    for (size_t i = 0; i < shown.count; i++)
        if (!is_above(shown.items[i], scratch))
            show(argv, shown.items[i]);
    if (executable)
        show_executable(argv, executable);
    strings_add_words(argv, "--remount-ro /dev --remount-ro / --chdir");
    strings_add(argv, in_place ? here : "/tmp");
    strings_free(&shown);
    free(scratch);
    free(here);
    free(executable);
}

// Root's rights go for good, and with them what files of root's it could open. The user who asked keeps being
// himself.
static bool give_up_root(void) {
    return geteuid() != 0 ||
           (setgroups(0, NULL) == 0 && setresgid(BOX_UID, BOX_UID, BOX_UID) == 0 &&
            setresuid(BOX_UID, BOX_UID, BOX_UID) == 0 && setuid(0) != 0);
}

static char *become_bubblewrap(json_t *spec, char **argv) {
    json_t *order = json_object_get(spec, "box");
    char *bubblewrap = order_name(order, "bubblewrap");
    struct strings command = {0};
    int self = open("/proc/self/exe", O_PATH);
    if (self < 0)
        return failed("/proc/self/exe");
    add_options(order, &command);
    json_object_set_new(order, "entered", json_true());
    char *text = json_dumps(spec, JSON_COMPACT);
    strings_add(&command, "--");
    strings_addf(&command, "/proc/self/fd/%d", self);
    strings_add(&command, "keeper");
    strings_add(&command, text);
    for (char **word = argv + 1; *word; word++)
        strings_add(&command, *word);
    if (!give_up_root())
        return failed("another user");
    execv(bubblewrap, command.items);
    return failed(bubblewrap);
}

// At the level without namespaces: what the box may read must be open to its user.
static char *refuse_unreadable(const json_t *order) {
    struct strings shown = {0};
    char *problem = NULL;
    order_names(order, "shown", &shown);
    for (size_t i = 0; i < shown.count && !problem; i++)
        if (access(shown.items[i], R_OK) != 0)
            problem = string_format("%s: the user of the sandbox (%u) cannot read it; open it and "
                                    "the directories above it to all (chmod o+rX)",
                                    shown.items[i], (unsigned)geteuid());
    strings_free(&shown);
    return problem;
}

char *box_enter(json_t *spec, char **argv) {
    json_t *order = json_object_get(spec, "box");
    if (!order || json_is_true(json_object_get(order, "entered")))
        return NULL;
    char *group = order_name(order, "group"), *scratch = order_name(order, "scratch");
    if (order_level(order) == SANDBOX_FULL && !group)
        return string_copy("the sandbox could not be entered: no control group could be made");
    if (group && !group_join(group))
        return failed(group);
    int outside = open(scratch, O_RDONLY | O_DIRECTORY);
    if (outside < 0 || (geteuid() == 0 && fchown(outside, BOX_UID, BOX_UID) != 0))
        return failed(scratch);
    // Where no copy of it is made, the witness is written by the program itself.
    if (geteuid() == 0 && order_level(order) == SANDBOX_LANDLOCK && *argv[2] &&
        chown(argv[2], BOX_UID, BOX_UID) != 0)
        return failed(argv[2]);
    json_object_set_new(order, "outside", json_integer(outside));
    free(group);
    free(scratch);
    umask(022);
    if (order_level(order) != SANDBOX_LANDLOCK)
        return become_bubblewrap(spec, argv);
    if (!give_up_root() || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return failed("another user");
    return refuse_unreadable(order);
}
