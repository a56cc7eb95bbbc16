#include "ending.h"

#include "../engines/output.h"
#include "../report/report.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { OUTPUT_LINES = 30, FAULTS_SAID = 3 };

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

static bool ends_as(const struct position *position, const char *word) {
    const char *end = text(position->state, "end");
    return end && strcmp(end, word) == 0;
}

static bool is_wanted(const struct challenge *challenge, const struct fault *fault) {
    if (!challenge)
        return true;
    if (!(challenge->kinds & FAULT_BIT(fault->kind)))
        return false;
    for (size_t i = 0; challenge->in && i < fault->place_count; i++)
        if (fault->places[i].function && strcmp(fault->places[i].function, challenge->in) == 0)
            return true;
    return !challenge->in;
}

// The first fault that was wanted; NULL: none came.
static const struct fault *wanted(const struct ride *ride, const struct position *position) {
    for (size_t i = 0; i < position->faults.count; i++)
        if (is_wanted(ride->challenge, &position->faults.items[i]))
            return &position->faults.items[i];
    return NULL;
}

// The explorer does not speak of the output when there was a race before: what follows from a fault is no
// other one. But it may be just what was wanted.
static bool prints_wrong(const struct position *position) {
    return ends_as(position, "exit") && json_is_false(json_object_get(position->state, "expected"));
}

enum ending ending_of(const struct ride *ride, const struct position *position, bool past_faults) {
    const struct challenge *challenge = ride->challenge;
    bool output = prints_wrong(position);
    if (ends_as(position, "asks") && past_faults && !challenge)
        return ENDING_NONE;
    if (wanted(ride, position) ||
        (output && (!challenge || challenge->kinds & FAULT_BIT(FAULT_WRONG_OUTPUT))))
        return ENDING_REACHED;
    if (ends_as(position, "asks"))
        return ENDING_NONE;
    if (ends_as(position, "cut"))
        return ENDING_CUT;
    return ends_as(position, "exit") && !output ? ENDING_FINE : ENDING_OTHER;
}

void ending_say_output(const struct screen *screen, const char *output) {
    size_t lines = 0;
    for (const char *at = output; *at && lines < OUTPUT_LINES; lines++) {
        size_t length = strcspn(at, "\n");
        fprintf(screen->painter.out, "    %.*s\n", (int)length, at);
        at += length + (at[length] == '\n');
        if (lines + 1 == OUTPUT_LINES && *at)
            fprintf(screen->painter.out, "    …\n");
    }
}

// These are to be copied, so nothing in them is broken into lines.
void ending_say_schedule(const struct ride *ride, const struct screen *screen, const char *word) {
    struct text sources = {0};
    FILE *out = screen->painter.out;
    report_add_files(&sources, ride->program);
    fprintf(out, "The schedule:  %s\n", word);
    fprintf(out, "  to drive on  %s --schedule '%s'\n", ride->again, word);
    fprintf(out, "  its trace    %s replay%s '%s'\n", program_invocation_name, sources.data, word);
    fprintf(out, "  its picture  %s picture%s --schedule '%s'\n", program_invocation_name,
            sources.data, word);
    text_free(&sources);
}

static void say_fault(const struct screen *screen, const struct fault *fault, const char *word) {
    struct text sentence = {0};
    text_add(&sentence, "%s%s: ", word, fault_words[fault->kind].name);
    text_add_line(&sentence, fault->message ? fault->message : "");
    screen_say(screen, RED, sentence.data);
    text_free(&sentence);
}

static void say_wrong_output(const struct ride *ride, const struct screen *screen,
                             const char *output) {
    struct text printed = {0};
    text_add(&printed, "%s", output);
    char *difference = output_difference(ride->program, &printed);
    char *sentence = string_format("%s: %s.", fault_words[FAULT_WRONG_OUTPUT].name,
                                   difference ? difference : "it does not print what it should");
    screen_say(screen, RED, sentence);
    free(sentence);
    free(difference);
    text_free(&printed);
}

static void say_other_faults(const struct screen *screen, const struct position *position,
                             const struct fault *said) {
    size_t more = 0;
    for (size_t i = 0; i < position->faults.count; i++) {
        if (&position->faults.items[i] == said)
            continue;
        if (more++ < FAULTS_SAID)
            say_fault(screen, &position->faults.items[i], "on the way: ");
    }
    if (more > FAULTS_SAID)
        fprintf(screen->painter.out, "on the way: %zu more\n", more - FAULTS_SAID);
}

void ending_say(const struct ride *ride, const struct screen *screen,
                const struct position *position, enum ending ending) {
    static const char *const words[] = {
        [ENDING_REACHED] = "You made it fail.",
        [ENDING_OTHER] = "It has failed, but not in the way that was wanted.",
        [ENDING_FINE] = "The program has come to its end without the fault.",
        [ENDING_CUT] = "The program did too many operations and was stopped.",
    };
    const struct fault *fault = wanted(ride, position);
    const char *output = text(position->state, "output"), *word = text(position->state, "schedule");
    bool wrong = prints_wrong(position);
    fputc('\n', screen->painter.out);
    if (fault)
        say_fault(screen, fault, "");
    if (wrong)
        say_wrong_output(ride, screen, output ? output : "");
    say_other_faults(screen, position, fault);
    screen_say(screen, ending == ENDING_REACHED ? GREEN : YELLOW, words[ending]);
    if (output && *output) {
        fprintf(screen->painter.out, "It printed:\n");
        ending_say_output(screen, output);
    }
    if (ending == ENDING_REACHED && word)
        ending_say_schedule(ride, screen, word);
}
