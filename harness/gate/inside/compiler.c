// Runs the compiler that the builds are made by, once for each view that it has to give. What is bounded here
// is what it writes; its time and memory are bounded by whoever started us.
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MOST = 32 << 20 };

static const struct {
    enum build build;
    const char *flags;
} views[OUTPUTS] = {
    [EXPANDED_PLAIN] = {BUILD_PLAIN, "-w -E"},
    [EXPANDED_THREAD] = {BUILD_THREAD, "-w -E"},
    [EXPANDED_ADDRESS] = {BUILD_ADDRESS, "-w -E"},
    // As the front end leaves it: every call and every reference is there, none is of the tool.
    [MADE] = {BUILD_PLAIN,
              "-w -g0 -O0 -fsanitize=thread -Xclang -disable-llvm-passes -emit-llvm -S"},
};

struct child {
    pid_t pid;
    int out;
};

static void start(struct gate *gate, int view, struct child *child) {
    struct strings argv = {0};
    strings_add(&argv, gate->compiler);
    const struct strings *flags = &gate->flags[views[view].build];
    for (size_t i = 0; i < flags->count; i++)
        strings_add(&argv, flags->items[i]);
    strings_add_words(&argv, views[view].flags);
    strings_addf(&argv, "%s%s", gate->source[0] == '-' ? "./" : "", gate->source);
    strings_add_words(&argv, "-o -");
    int ends[2] = {-1, -1};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    int problem = pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
    if (!problem) {
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
        problem = posix_spawnp(&child->pid, gate->compiler, &actions, NULL, argv.items, environ);
    }
    if (problem) {
        child->pid = 0;
        cannot_judge(
            gate, string_format("%s could not be started: %s", gate->compiler, strerror(problem)));
    }
    posix_spawn_file_actions_destroy(&actions);
    if (ends[1] >= 0)
        close(ends[1]);
    child->out = ends[0];
    strings_free(&argv);
}

static void read_all(struct gate *gate, int fd, struct text *text) {
    char buffer[65536];
    for (ssize_t count; (count = read(fd, buffer, sizeof buffer)) != 0;) {
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            break;
        if (text->length > OUTPUT_MOST) {
            cannot_judge(gate, string_copy("what the compiler makes of it is larger than 32 MiB; "
                                           "this is not a file that a person wrote"));
            break;
        }
        text_add_bytes(text, buffer, (size_t)count);
    }
}

static void finish(struct gate *gate, const struct child *child, struct output *output) {
    int status = -1;
    if (child->pid)
        read_all(gate, child->out, &output->text);
    if (child->out >= 0)
        close(child->out);
    while (child->pid && waitpid(child->pid, &status, 0) < 0 && errno == EINTR)
        continue;
    output->ok = child->pid && WIFEXITED(status) && WEXITSTATUS(status) == 0;
    // A compiler that crashed has not said what it would make of the file.
    if (child->pid && WIFSIGNALED(status))
        cannot_judge(gate,
                     string_format("%s was ended by signal %d (%s) while it read the file",
                                   gate->compiler, WTERMSIG(status), strsignal(WTERMSIG(status))));
}

void compiler_run(struct gate *gate, struct output outputs[OUTPUTS], int one, int other) {
    struct child children[2] = {{0}};
    start(gate, one, &children[0]);
    start(gate, other, &children[1]);
    finish(gate, &children[0], &outputs[one]);
    finish(gate, &children[1], &outputs[other]);
}
