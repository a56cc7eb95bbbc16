#include "sandbox.h"

#include "../process.h"
#include "../toolchain.h"
#include "group.h"
#include "landlock.h"
#include "sizes.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *letter, *words;
} levels[SANDBOX_LEVELS] = {
    [SANDBOX_NONE] = {"D", "no sandbox: the programs ran with the rights of whoever graded them"},
    [SANDBOX_LANDLOCK] = {"C",
                          "confined by Landlock, a list of refused system calls and limits, as "
                          "namespaces are not permitted here"},
    [SANDBOX_POLLED] = {"B", "confined by bubblewrap in namespaces of their own, with limits; "
                             "memory is looked at every 10 ms"},
    [SANDBOX_FULL] = {"A", "confined by bubblewrap in namespaces of their own, with limits; memory "
                           "and tasks are counted by the kernel"},
};

const char *sandbox_letter(const struct sandbox *sandbox) {
    return levels[sandbox ? sandbox->level : SANDBOX_NONE].letter;
}

const char *sandbox_words(const struct sandbox *sandbox) {
    return levels[sandbox ? sandbox->level : SANDBOX_NONE].words;
}

static char *find_bubblewrap(void) {
    const char *path = getenv("PATH");
    for (const char *at = path ? path : "/usr/bin:/bin"; *at;) {
        size_t length = strcspn(at, ":");
        char *place = string_format("%.*s/bwrap", (int)length, at);
        if (*place == '/' && access(place, X_OK) == 0)
            return place;
        free(place);
        at += length + (at[length] == ':');
    }
    return NULL;
}

// Trying: a command that does nothing is run just as programs will be.

static void tried(void *context, struct process_result *result) {
    char **problem = context;
    if (result->end == PROCESS_EXITED && result->exit_status == 0 && !result->error)
        return;
    *problem =
        string_copy(result->error ? result->error : "what is started in it does not end well");
}

static char *try_level(const struct sandbox *sandbox, const struct home *home) {
    char *problem = NULL, *scratch = string_format("%s/sandbox", home->work);
    uv_loop_t loop;
    if (!directory_make(scratch)) {
        problem = string_format("%s: %s", scratch, strerror(errno));
        free(scratch);
        return problem;
    }
    uv_loop_init(&loop);
    struct process_spec spec = {.seconds = 10,
                                .resident = BOX_NATIVE_MEMORY,
                                .output = OUTPUT_KEPT,
                                .box = {.sandbox = sandbox, .scratch = scratch}};
    strings_add(&spec.argv, "true");
    process_clean_environment(&spec.environment);
    process_start(&loop, &spec, tried, &problem);
    uv_run(&loop, UV_RUN_DEFAULT);
    uv_loop_close(&loop);
    directory_remove(scratch);
    free(scratch);
    return problem;
}

// At the level without namespaces the user of strangers' programs goes to its files by the usual way. NULL, or where
// it ends.
static char *refuse_way(const struct home *home) {
    chmod(home->work, 0711); // it goes through, but cannot list it
    for (const char *slash = strchr(home->work + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        char *directory = string_format("%.*s", (int)(slash - home->work), home->work);
        struct stat status;
        bool open = stat(directory, &status) == 0 && status.st_mode & S_IXOTH;
        char *problem =
            open ? NULL
                 : string_format("strangers' programs run as another user, who cannot pass %s: "
                                 "chmod o+x it, or put the project elsewhere",
                                 directory);
        free(directory);
        if (problem)
            return problem;
    }
    return NULL;
}

static char *refuse_level(struct sandbox *sandbox, const struct home *home,
                          enum sandbox_level level) {
    char *problem = NULL;
    if (level != SANDBOX_LANDLOCK && !sandbox->bubblewrap)
        return string_copy("bubblewrap is not installed");
    if (level == SANDBOX_FULL)
        problem = group_refuse();
    if (level == SANDBOX_LANDLOCK && landlock_version() < LANDLOCK_LEAST)
        return string_format("Landlock of version %d, where %d is needed (Linux 6.12)",
                             landlock_version(), LANDLOCK_LEAST);
    if (level == SANDBOX_LANDLOCK && geteuid() == 0)
        problem = refuse_way(home);
    sandbox->level = level;
    return problem ? problem : try_level(sandbox, home);
}

// The level that was asked for; SANDBOX_NONE: the best.
static char *read_wish(enum sandbox_level *wish) {
    const char *wanted = getenv("INTERLEAVE_SANDBOX");
    *wish = SANDBOX_NONE;
    if (!wanted || !*wanted)
        return NULL;
    for (int level = SANDBOX_LANDLOCK; level < SANDBOX_LEVELS; level++)
        if (strcmp(wanted, levels[level].letter) == 0)
            *wish = (enum sandbox_level)level;
    return *wish
               ? NULL
               : string_format("INTERLEAVE_SANDBOX is '%s'; it may be A, B or C, or unset", wanted);
}

char *sandbox_short_of(const struct sandbox *sandbox) {
    struct text why = {0};
    for (int level = SANDBOX_FULL; level > SANDBOX_NONE; level--)
        if (sandbox->short_of[level])
            text_add(&why, "%s%s: %s", why.length ? "; " : "", levels[level].letter,
                     sandbox->short_of[level]);
    return why.length ? text_take(&why) : NULL;
}

static char *refuse(const struct sandbox *sandbox) {
    char *why = sandbox_short_of(sandbox);
    char *sentence =
        string_format("strangers' programs cannot be confined on this machine (%s); install "
                      "bubblewrap with scripts/setup and permit user namespaces, or take the risk "
                      "with --unsafe-no-sandbox, which is written into every result",
                      why);
    free(why);
    return sentence;
}

// NULL, or why the compiler is not there in a box.
static char *refuse_compiler(void) {
    char *identity = toolchain_identity(toolchain_compiler()), *problem = NULL;
    if (identity && !string_starts(identity, "/usr/"))
        problem = string_format("%.*s: the sandbox shows programs of /usr only; install the "
                                "compiler there, or name another one in INTERLEAVE_CC",
                                (int)strcspn(identity, " "), identity);
    free(identity);
    return problem;
}

char *sandbox_open(struct sandbox *sandbox, const struct home *home, bool unsafe) {
    enum sandbox_level wish;
    *sandbox = (struct sandbox){.level = SANDBOX_NONE};
    if (unsafe)
        return NULL;
    char *problem = read_wish(&wish);
    problem = problem ? problem : refuse_compiler();
    if (problem)
        return problem;
    sandbox->bubblewrap = find_bubblewrap();
    // What root makes is looked at by the user of the boxes; the directory around it is closed to all others.
    if (geteuid() == 0)
        umask(022);
    for (int level = wish ? (int)wish : SANDBOX_FULL; level > SANDBOX_NONE; level--) {
        sandbox->short_of[level] = refuse_level(sandbox, home, (enum sandbox_level)level);
        if (!sandbox->short_of[level])
            return NULL;
        if (wish)
            break;
    }
    sandbox->level = SANDBOX_NONE;
    return refuse(sandbox);
}

void sandbox_close(struct sandbox *sandbox) {
    for (int level = 0; level < SANDBOX_LEVELS; level++)
        free(sandbox->short_of[level]);
    free(sandbox->bubblewrap);
    *sandbox = (struct sandbox){0};
}
