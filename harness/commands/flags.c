// How C files are compiled, for editors: an entry of a compile_commands.json on each line
// (https://clang.llvm.org/docs/JSONCompilationDatabase.html).
#include "command.h"

#include "../toolchain.h"

#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct listing {
    char here[PATH_MAX];
    struct strings told; // a file has one entry, that of the first program it belongs to
};

// What JSON cannot hold is left out: an editor could not ask for it either.
static void write_entry(const struct listing *listing, const char *source,
                        const struct strings *flags) {
    char *file = report_path(source);
    json_t *arguments = json_array();
    bool ok = json_array_append_new(arguments, json_string(toolchain_compiler())) == 0;
    for (size_t i = 0; i < flags->count; i++)
        ok = json_array_append_new(arguments, json_string(flags->items[i])) == 0 && ok;
    json_t *entry = json_pack("{s:s, s:s, s:o}", "directory", listing->here, "file", file,
                              "arguments", arguments);
    if (ok && entry) {
        json_array_append_new(arguments, json_string("-c"));
        json_array_append_new(arguments, json_string(file));
        json_dumpf(entry, stdout, JSON_COMPACT);
        putchar('\n');
    }
    json_decref(entry);
    free(file);
}

static void tell(struct listing *listing, const char *source, const struct strings *flags) {
    char *real = realpath(source, NULL);
    const char *known = real ? real : source;
    if (!strings_has(&listing->told, known)) {
        strings_add(&listing->told, known);
        write_entry(listing, known, flags);
    }
    free(real);
}

static void tell_program(struct listing *listing, const struct home *home,
                         const struct program *program) {
    struct strings flags = {0};
    toolchain_flags(BUILD_PLAIN, home, program, &flags);
    for (size_t i = 0; i < program->sources.count; i++)
        tell(listing, program->sources.items[i], &flags);
    strings_free(&flags);
}

static char *tell_course(struct listing *listing, const struct home *home) {
    struct course course = {0};
    char *problem = NULL;
    if (course_read(&course, home->lessons, &problem))
        for (size_t i = 0; i < course.count; i++) {
            const struct lesson *lesson = &course.lessons[i];
            for (size_t k = 0; k < lesson->program_count; k++)
                tell_program(listing, home, &lesson->programs[k]);
            if (lesson->exercise) {
                tell_program(listing, home, lesson->exercise);
                tell_program(listing, home, lesson->solution);
            }
        }
    course_free(&course);
    return problem;
}

int run_flags(struct options *options, struct home *home) {
    struct listing listing = {0};
    char *problem = NULL;
    if (!getcwd(listing.here, sizeof listing.here))
        problem = string_format("the working directory: %s", strerror(errno));
    else if (!options->operands.count)
        problem = tell_course(&listing, home);
    for (size_t i = 0; !problem && i < options->operands.count; i++)
        tell(&listing, options->operands.items[i], &options->cflags);
    strings_free(&listing.told);
    return problem ? command_refuse(problem) : STATUS_FINE;
}
