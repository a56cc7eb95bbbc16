#include "toolchain.h"

#include "compiler.h"
#include "elf.h"
#include "kept_objects.h"
#include "rule.h"
#include "shown.h"
#include "traits.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct compilation {
    struct build *build;
    const char *source;
    char *object;
    char *kept_name; // of an object that is kept between programs; NULL: it is not
    bool may_drive;  // it is not a student's file, so it may hold the driver
    unsigned order;
};

#define WRAPPED(name) #name,
static const char *const witnessed[] = {
#include "linked/wrapped.def"
    NULL};
static const char *const seen_by_tsan[] = {
#include "linked/tsan_wrapped.def"
    NULL};
static const char *const explored[] = {
#include "explorer/wrapped.def"
    NULL};
#undef WRAPPED

static const struct {
    const char *name;
    const char *flags;   // for compiling
    const char *runtime; // for linking
    const char *objects; // of ours, linked beside the program
    const char *const *wrapped;
} kinds[BUILD_KINDS] = {
    [BUILD_PLAIN] = {"plain", "", "",
                     "witness.o calls.o record.o heap.o exercise.o c11_threads.o helgrind_canary.o",
                     witnessed},
    // Clang leaves out accesses to parts of a local variable, even of one that another thread has the
    // address of (it asks whether the address of the *part* escapes); what checks that address makes it
    // escape.
    [BUILD_TSAN] = {"tsan", "-fsanitize=thread -fsanitize=alignment,null",
                    "-fsanitize=thread -fsanitize=alignment,null",
                    "witness.o calls.o record.o heap.o exercise.o c11_threads.o tsan_report.o "
                    "unseen.o",
                    seen_by_tsan},
    [BUILD_ASAN] = {"asan", "-fsanitize=address -fsanitize=undefined",
                    "-fsanitize=address -fsanitize=undefined",
                    "witness.o calls.o record.o heap.o exercise.o c11_threads.o asan_canary.o",
                    witnessed},
    // Instrumented as for ThreadSanitizer, linked with a runtime of ours. Without the last flag `x++` is
    // one event, and a lost update could not be scheduled.
    [BUILD_EXPLORE] =
        {"explore", "-fsanitize=thread,alignment,null -mllvm -tsan-instrument-read-before-write=1",
         "", "explorer.o", explored},
};

void toolchain_linked(struct strings *objects) {
    for (int kind = 0; kind < BUILD_KINDS; kind++) {
        struct strings more = {0};
        strings_add_words(&more, kinds[kind].objects);
        for (size_t i = 0; i < more.count; i++)
            if (!strings_has(objects, more.items[i]))
                strings_add(objects, more.items[i]);
        strings_free(&more);
    }
}

const char *toolchain_compiler(void) {
    const char *chosen = getenv("INTERLEAVE_CC");
    return chosen && *chosen ? chosen : "clang";
}

char *toolchain_identity(const char *tool) {
    const char *path = getenv("PATH");
    struct strings places = {0};
    if (strchr(tool, '/'))
        strings_add(&places, tool);
    for (const char *at = path ? path : "/usr/bin:/bin"; !strchr(tool, '/') && *at;) {
        size_t length = strcspn(at, ":");
        strings_addf(&places, "%.*s/%s", (int)length, at, tool);
        at += length + (at[length] == ':');
    }
    char *identity = NULL;
    for (size_t i = 0; i < places.count && !identity; i++) {
        struct stat status;
        char real[PATH_MAX];
        if (access(places.items[i], X_OK) == 0 && realpath(places.items[i], real) &&
            stat(real, &status) == 0)
            identity = string_format("%s %lld %lld.%ld", real, (long long)status.st_size,
                                     (long long)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    }
    strings_free(&places);
    return identity;
}

void toolchain_flags(enum build_kind kind, const struct home *home, const struct program *program,
                     struct strings *flags) {
    // -O0: an optimiser merges or drops accesses, and the race with them. DWARF 4: valgrind 3.19 loses
    // lines of clang 14's DWARF 5.
    strings_add_words(flags, "-g -gdwarf-4 -O0 -fno-omit-frame-pointer -pthread");
    strings_add_words(flags, kinds[kind].flags);
    if (program->lesson || program->exercise)
        strings_add_words(flags, "-std=c11 -D_POSIX_C_SOURCE=200809L -Wall -Wextra");
    strings_addf(flags, "-I%s", home->lessons);
    for (size_t i = 0; i < program->cflags.count; i++)
        strings_add(flags, program->cflags.items[i]);
}

static void finish(struct build *build) {
    if (!build->done) {
        build->done = true;
        build->finished(build->context);
    }
}

static void linked(void *context, struct process_result *result) {
    struct build *build = context;
    struct jobs *jobs = build->toolchain->jobs;
    compiler_result(build, result, "linking", build->executable);
    finish(build);
    jobs_done(jobs);
}

static bool add_own(void *context, const char *name, const GElf_Sym *symbol) {
    if (symbol->st_shndx != SHN_UNDEF && GELF_ST_BIND(symbol->st_info) != STB_LOCAL)
        strings_add(context, name);
    return true;
}

// Calls of the program go to what we linked beside it; but not those of a function of its own that only
// has the name, such as a `send` for its queue, which it may call from another file.
static void add_wrapped(const struct build *build, struct strings *argv) {
    struct strings own = {0};
    for (size_t i = 0; i < build->program->sources.count; i++)
        elf_symbols(build->compilations[i].object, add_own, &own);
    for (const char *const *name = kinds[build->kind].wrapped; *name; name++)
        if (strcmp(*name, "main") == 0 || !strings_has(&own, *name))
            strings_addf(argv, "-Wl,--wrap=%s", *name);
        else
            strings_addf(argv, "-Wl,--defsym=__real_%s=%s", *name, *name);
    strings_free(&own);
}

static struct box linking_box(const struct build *build) {
    struct box box = {
        .sandbox = build->toolchain->sandbox, .scratch = build->directory, .in_place = true};
    for (size_t i = 0; i < build->program->sources.count; i++)
        strings_add(&box.shown, build->compilations[i].object);
    shown_existing(&box.shown, &build->runtime);
    shown_existing(&box.shown, &build->program->libs);
    strings_add(&box.kept, path_base(build->executable));
    return box;
}

static void start_link(void *context) {
    struct build *build = context;
    const struct program *program = build->program;
    const struct home *home = build->toolchain->home;
    struct strings argv = {0}, objects = {0};
    strings_add(&argv, build->toolchain->compiler);
    strings_add_words(&argv, "-pthread");
    strings_add_words(&argv, kinds[build->kind].runtime);
    for (size_t i = 0; i < program->sources.count; i++)
        strings_add(&argv, build->compilations[i].object);
    strings_add_words(&objects, kinds[build->kind].objects);
    for (size_t i = 0; i < objects.count; i++)
        strings_addf(&build->runtime, "%s/%s", home->linked, objects.items[i]);
    for (size_t i = 0; i < build->runtime.count; i++)
        strings_add(&argv, build->runtime.items[i]);
    add_wrapped(build, &argv);
    strings_add(&argv, "-o");
    strings_add(&argv, build->executable);
    for (size_t i = 0; i < program->libs.count; i++)
        strings_add(&argv, program->libs.items[i]);
    strings_add_words(&argv, "-Wl,--as-needed -lm -lrt");
    strings_free(&objects);
    struct box box = linking_box(build);
    compiler_run(build, build->executable, &argv, &box, linked, build);
}

// The driver's object is given the secret.
static void seal(struct compilation *compilation) {
    struct build *build = compilation->build;
    size_t length = 0;
    char *bytes = compilation->may_drive ? file_read(compilation->object, &length) : NULL;
    if (bytes && secret_seal(bytes, length, build->secret)) {
        build->driven = true;
        if (!file_write(compilation->object, bytes, length) && !build->unavailable)
            build->unavailable = string_format("%s: %s; make room or set TMPDIR",
                                               compilation->object, strerror(errno));
    }
    free(bytes);
}

// What the objects tell, and what is linked.
static void read_objects(struct build *build, unsigned order) {
    bool ok = !build->faults.count && !build->unavailable;
    for (size_t i = 0; ok && i < build->program->sources.count; i++) {
        char *rule = string_format("%s.d", build->compilations[i].object);
        build->traits |= traits_of_object(build->compilations[i].object);
        rule_headers(rule, &build->headers);
        free(rule);
    }
    if (ok && kinds[build->kind].flags[0] && !(build->traits & IS_INSTRUMENTED)) {
        build->unavailable =
            string_format("%s does not know %s; scripts/setup installs a clang that does",
                          build->toolchain->compiler, kinds[build->kind].flags);
        ok = false;
    }
    if (ok)
        jobs_add(build->toolchain->jobs, order, start_link, build);
    else
        finish(build);
}

// There is an object, or it is known why there is none.
static void compilation_done(struct compilation *compilation) {
    struct build *build = compilation->build;
    struct jobs *jobs = build->toolchain->jobs;
    seal(compilation);
    if (--build->waiting == 0)
        read_objects(build, compilation->order);
    jobs_done(jobs);
}

static void compiled(void *context, struct process_result *result) {
    struct compilation *compilation = context;
    struct build *build = compilation->build;
    compiler_result(build, result, "compiling", compilation->object);
    if (compilation->kept_name && result->end == PROCESS_EXITED && result->exit_status == 0)
        kept_objects_put(build->toolchain->objects, compilation->kept_name, compilation->object);
    compilation_done(compilation);
}

// Who repairs an exercise writes its first file; the others are ours.
static bool is_strangers(const struct compilation *compilation) {
    return compilation->build->toolchain->sandbox &&
           (!compilation->build->program->exercise ||
            compilation == compilation->build->compilations);
}

static struct box compiling_box(const struct compilation *compilation, const struct strings *argv) {
    const struct build *build = compilation->build;
    struct box box = {.scratch = build->directory, .in_place = true};
    if (!is_strangers(compilation))
        return box;
    box.sandbox = build->toolchain->sandbox;
    shown_to_compiler(build->toolchain->home, compilation->source, argv, &box.shown);
    for (size_t i = 0; !build->program->exercise && i < build->program->sources.count; i++) {
        const char *source = build->program->sources.items[i];
        char *beside = string_format("%.*s.", (int)(path_base(source) - source), source);
        shown_headers(&box.shown, beside);
        free(beside);
    }
    strings_add(&box.kept, path_base(compilation->object));
    strings_addf(&box.kept, "%s.d", path_base(compilation->object));
    return box;
}

static void start_compilation(void *context) {
    struct compilation *compilation = context;
    struct build *build = compilation->build;
    struct toolchain *toolchain = build->toolchain;
    if (build->first && build->first->done && build->first->faults.count) {
        if (!build->faults.count)
            faults_add(&build->faults, FAULT_COMPILE_ERROR, "compiler",
                       string_format("what the compiler rejects for the %s build is not compiled "
                                     "for this one",
                                     kinds[build->first->kind].name));
        compilation_done(compilation);
        return;
    }
    bool kept = toolchain->objects && compilation->may_drive && build->program->exercise;
    struct strings argv = {0};
    strings_add(&argv, toolchain->compiler);
    toolchain_flags(build->kind, toolchain->home, build->program, &argv);
    if (kept) {
        char *identity = toolchain_identity(toolchain->compiler);
        compilation->kept_name =
            kept_objects_name(compilation->source, &argv, identity ? identity : "");
        free(identity);
    }
    if (compilation->kept_name &&
        kept_objects_take(toolchain->objects, compilation->kept_name, compilation->object)) {
        strings_free(&argv);
        compilation_done(compilation);
        return;
    }
    strings_addf(&argv, "-MMD");
    strings_addf(&argv, "-MF%s.d", compilation->object);
    strings_add(&argv, "-c");
    bool dash = compilation->source[0] == '-'; // a name is not an option
    strings_addf(&argv, "%s%s", dash ? "./" : "", compilation->source);
    strings_add(&argv, "-o");
    strings_add(&argv, compilation->object);
    struct box box = compiling_box(compilation, &argv);
    compiler_run(build, compilation->object, &argv, &box, compiled, compilation);
}

void toolchain_build(struct toolchain *toolchain, struct build *build, unsigned order,
                     void (*finished)(void *context), void *context) {
    const struct program *program = build->program;
    build->toolchain = toolchain;
    build->finished = finished;
    build->context = context;
    build->executable = string_format("%s/%s", build->directory, kinds[build->kind].name);
    build->waiting = program->sources.count;
    build->compilations = memory_zeroed(program->sources.count, sizeof *build->compilations);
    if (!directory_make(build->directory)) {
        build->unavailable =
            string_format("%s: %s; make room or set TMPDIR", build->directory, strerror(errno));
        finish(build);
        return;
    }
    for (size_t i = 0; i < program->sources.count; i++) {
        struct compilation *compilation = &build->compilations[i];
        *compilation = (struct compilation){
            .build = build,
            .source = program->sources.items[i],
            .object = string_format("%s/%s-%zu.o", build->directory, kinds[build->kind].name, i),
            .may_drive = i > 0 || !program->exercise,
            .order = order};
        jobs_add(toolchain->jobs, order, start_compilation, compilation);
    }
}

static void compilation_free(struct compilation *compilation) {
    free(compilation->object);
    free(compilation->kept_name);
}

void build_free(struct build *build) {
    for (size_t i = 0; build->compilations && i < build->program->sources.count; i++)
        compilation_free(&build->compilations[i]);
    free(build->compilations);
    free(build->directory);
    free(build->executable);
    strings_free(&build->headers);
    strings_free(&build->runtime);
    faults_free(&build->faults);
    free(build->unavailable);
}
