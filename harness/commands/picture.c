// The command that draws schedules of a program.
#include "command.h"

#include "../exercise.h"
#include "../picture/picture.h"
#include "../report/paint.h"
#include "../report/progress.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const unsigned SAMPLES = 24; // of the schedules that were tried

static void add_quoted(struct text *command, const char *path) {
    char *shown = report_path(path);
    text_add(command, " ");
    if (shown[strspn(shown,
                     "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-")]) {
        text_add(command, "'");
        for (const char *at = shown; *at; at++)
            text_add(command, *at == '\'' ? "'\\''" : "%c", *at);
        text_add(command, "'");
    } else {
        text_add(command, "%s", shown);
    }
    free(shown);
}

static void add_words(struct text *command, const char *option, const struct strings *words) {
    for (size_t i = 0; i < words->count; i++)
        text_add(command, "%s%s", i ? " " : option, words->items[i]);
    text_add(command, "%s", words->count ? "'" : "");
}

// What one would type before a schedule to see it again.
static char *replay_words(const struct options *options, const struct lesson *lesson,
                          const struct program *program) {
    struct text command = {0};
    text_add(&command, "%s", program_invocation_name);
    if (lesson) {
        text_add(&command, " exercise %d", lesson->number);
        add_quoted(&command, program->sources.items[0]);
        text_add(&command, " --schedule");
        return text_take(&command);
    }
    text_add(&command, " replay");
    for (size_t i = 0; i < program->sources.count; i++)
        add_quoted(&command, program->sources.items[i]);
    add_words(&command, " --cflags '", &options->cflags);
    add_words(&command, " --args '", &options->arguments);
    add_words(&command, " --libs '", &options->libs);
    return text_take(&command);
}

// Why there is nothing to be drawn; owned by the caller.
static char *why_not(const struct verdict *verdict) {
    const char *name = path_base(verdict->program->sources.items[0]);
    if (report_rejected(verdict)) {
        const struct fault *fault = &verdict->faults.items[0];
        const struct place *place = fault->place_count ? &fault->places[0] : NULL;
        return string_format("%s:%d: does not compile, so there is no schedule to draw: %s",
                             place && place->file ? path_base(place->file) : name,
                             place ? place->line : 0, fault->message);
    }
    for (size_t i = 0; i < verdict->result_count; i++)
        if (verdict->results[i].outcome == OUTCOME_UNAVAILABLE)
            return string_format("%s: cannot be explored, so there is no schedule to draw: %s",
                                 name, verdict->results[i].reason);
    return string_format("%s: there is no schedule to draw; `%s run` tells what is wrong with it",
                         name, program_invocation_name);
}

// What a browser's address line takes.
static void add_address(struct text *words, const char *path) {
    text_add(words, "file://");
    for (const unsigned char *at = (const unsigned char *)path; *at; at++)
        text_add(words, *at > ' ' && *at < 0x7f && !strchr("%#?\"'`<>\\", *at) ? "%c" : "%%%02X",
                 *at);
}

static int say_where(const char *path, const struct verdict *verdict) {
    const struct painter painter = painter_new(stdout);
    char *shown = report_path(path), *real = realpath(path, NULL);
    struct text words = {0};
    for (size_t i = 0; i < verdict->faults.count; i++) {
        const struct fault *fault = &verdict->faults.items[i];
        text_add(&words, "%s: %s", fault_words[fault->kind].name,
                 fault->message ? fault->message : "");
        wrapped_text(&painter, words.data, 2, 0);
        text_free(&words);
    }
    if (!verdict->faults.count)
        wrapped_text(&painter, "No schedule that was tried has a fault.", 2, 0);
    text_add_line(&words, shown);
    printf("\nThe picture is in %s\nOpen it in a browser:\n  ", words.data);
    text_free(&words);
    add_address(&words, real ? real : path);
    printf("%s\n", words.data);
    text_free(&words);
    free(shown);
    free(real);
    return verdict->faults.count ? STATUS_FAULTS : STATUS_FINE;
}

// `lesson`: whose exercise it is; NULL: any program.
static int draw(struct options *options, struct home *home, struct program *program,
                const struct lesson *lesson, const char *title, const char *path) {
    char *problem = picture_refuse(path);
    if (problem)
        return command_refuse(problem);
    command_explorer_alone(options);
    struct journey journey = command_journey(options, home);
    struct verdict verdict = {0};
    command_explore_as_told(program, &options->exploration);
    program->exploration.samples = options->exploration.schedule ? 0 : SAMPLES;
    int stopped_by = road_travel(&journey, program, 1, &verdict);
    progress_clear();
    int status = 128 + stopped_by;
    if (!stopped_by && !picture_has_schedules(&verdict)) {
        if (lesson)
            exercise_explain(lesson, &verdict);
        status = command_refuse(why_not(&verdict));
    } else if (!stopped_by) {
        char *replay = replay_words(options, lesson, program);
        const struct picture picture = {title, replay};
        problem = picture_write(path, &picture, &verdict);
        status = problem ? command_refuse(problem) : say_where(path, &verdict);
        free(replay);
    }
    verdict_free(&verdict);
    return status;
}

// The name of a file in the directory of the harness's own build, where nothing of a user's lies.
static char *usual_path(const struct home *home, const char *name) {
    return string_format("%.*spicture-%s.html", (int)(path_base(home->linked) - home->linked),
                         home->linked, name);
}

static int draw_exercise(struct options *options, struct home *home, struct lesson *lesson,
                         char **problem) {
    *problem =
        exercise_place(lesson, options->operands.count > 1 ? options->operands.items[1] : NULL);
    if (*problem)
        return STATUS_CANNOT;
    char *number = string_format("%d", lesson->number), *usual = usual_path(home, number),
         *title = string_format("Lesson %d: %s", lesson->number, lesson->title);
    int status = draw(options, home, lesson->exercise, lesson, title,
                      options->output ? options->output : usual);
    free(title);
    free(usual);
    free(number);
    return status;
}

static int draw_files(struct options *options, struct home *home) {
    struct program program;
    char *problem = command_read_program(&program, options);
    if (problem) {
        program_free(&program);
        return command_refuse(problem);
    }
    const char *base = path_base(program.sources.items[0]);
    char *name = string_format("%.*s", (int)(strlen(base) - strlen(".c")), base),
         *usual = usual_path(home, name);
    int status =
        draw(options, home, &program, NULL, base, options->output ? options->output : usual);
    free(usual);
    free(name);
    program_free(&program);
    return status;
}

int run_picture(struct options *options, struct home *home) {
    if (options->operands.count && string_ends(options->operands.items[0], ".c"))
        return draw_files(options, home);
    return command_with_lesson(options, home, "picture", draw_exercise);
}
