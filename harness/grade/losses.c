#include "losses.h"

#include "../report/reader.h"

#include "../engines/engine.h"

#include <stdlib.h>
#include <string.h>

static const char from_private[] =
    "A test of your instructor's that is not shown found this in your file.";

static const char *text(const json_t *json, const char *key) {
    return json_string_value(json_object_get(json, key));
}

char *losses_text(const char *words, size_t longest) {
    struct text line = {0};
    text_add_line(&line, words ? words : "");
    if (line.length > longest) {
        while (longest && ((unsigned char)line.data[longest] & 0xc0) == 0x80)
            longest--; // not half a letter
        line.length = longest;
        line.data[longest] = '\0';
        text_add(&line, "… (cut)");
    }
    return text_take(&line);
}

bool losses_own_file(const struct pair *pair, const char *file) {
    const char *name = file ? path_base(file) : "";
    return strcmp(name, "exercise.c") == 0 ||
           (pair->file && strcmp(name, path_base(pair->file)) == 0) ||
           (pair->submission && string_starts(name, pair->submission));
}

char *losses_file(const struct pair *pair, const char *file) {
    return losses_own_file(pair, file) ? string_copy("exercise.c")
                                       : losses_text(file ? path_base(file) : "", 255);
}

int losses_line(const struct pair *pair, const struct loss *loss) {
    for (size_t i = 0; i < loss->fault->place_count; i++)
        if (losses_own_file(pair, loss->fault->places[i].file) && loss->fault->places[i].line > 0)
            return loss->fault->places[i].line;
    return 0;
}

enum rank { CAUSES, ORDERS, ENDINGS, RANKS };

// How a program ends is told after what it may follow from.
static enum rank rank_of(enum fault_kind kind) {
    if (kind == FAULT_LOCK_ORDER)
        return ORDERS;
    return kind >= FAULT_WRONG_OUTPUT && kind != FAULT_COMPILE_ERROR ? ENDINGS : CAUSES;
}

// A person who writes a repair may learn that it fails, not how the private test goes about it.
static void hide(struct faults *faults, const struct pair *pair) {
    for (size_t i = 0; i < faults->count; i++) {
        struct fault *fault = &faults->items[i];
        free(fault->message);
        fault->message = string_copy(from_private);
        json_decref(fault->exploration);
        fault->exploration = NULL;
        for (size_t k = 0; k < fault->place_count; k++) {
            struct place *place = &fault->places[k];
            free(place->action);
            place->action = NULL;
            if (losses_own_file(pair, place->file))
                continue;
            free(place->file);
            place->file = NULL;
            free(place->function);
            place->function = NULL;
            place->line = 0;
        }
        for (size_t k = 0; k < fault->before_count; k++) {
            struct place *place = &fault->before[k];
            free(place->file);
            free(place->action);
            place->file = place->action = NULL;
        }
    }
}

static void add_losses(struct losses *losses, const struct faults *faults, bool hidden, int rank) {
    for (size_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->items[i];
        if (rank_of(fault->kind) != (enum rank)rank || !reader_is_first(faults, i))
            continue;
        if (losses->count == LOSSES_MOST) {
            losses->left_out++;
            continue;
        }
        const struct fault *traced = reader_traced(faults, i);
        const struct fault *telling = traced ? traced : fault;
        losses->items[losses->count++] = (struct loss){
            .kind = fault->kind,
            .check = check_of(fault->kind),
            .fault = telling,
            .traced = traced,
            .engines = reader_seen_by(faults, i),
            .message = losses_text(telling->message, MESSAGE_LONGEST),
            .hidden = hidden,
        };
    }
}

static void read_refusals(struct losses *losses, const json_t *program) {
    size_t i;
    json_t *refusal;
    json_array_foreach(json_object_get(program, "refusals"), i, refusal) {
        if (losses->refusal_count == LOSSES_MOST)
            return;
        losses->refusals[losses->refusal_count++] = (struct turned_away){
            .file = text(refusal, "file"),
            .name = text(refusal, "name"),
            .line = (int)json_integer_value(json_object_get(refusal, "line")),
            .message = losses_text(text(refusal, "message"), MESSAGE_LONGEST),
        };
    }
}

void losses_read(struct losses *losses, const struct pair *pair, bool for_student) {
    *losses = (struct losses){0};
    bool hidden[sizeof losses->judged / sizeof losses->judged[0]] = {false};
    size_t i;
    json_t *judgement;
    json_array_foreach(json_object_get(pair->record, "judgements"), i, judgement) {
        if (losses->judged_count == sizeof losses->judged / sizeof losses->judged[0])
            break;
        struct faults *faults = &losses->judged[losses->judged_count];
        const json_t *program = json_object_get(judgement, "program");
        faults_from_json(faults, json_object_get(program, "faults"), engine_name);
        hidden[losses->judged_count] =
            for_student && json_is_true(json_object_get(judgement, "private"));
        if (hidden[losses->judged_count])
            hide(faults, pair);
        losses->judged_count++;
        if (!losses->refusal_count)
            read_refusals(losses, program);
    }
    for (int rank = CAUSES; rank < RANKS; rank++)
        for (size_t k = 0; k < losses->judged_count; k++)
            add_losses(losses, &losses->judged[k], hidden[k], rank);
}

void losses_free(struct losses *losses) {
    for (size_t i = 0; i < losses->count; i++) {
        free(losses->items[i].engines);
        free(losses->items[i].message);
    }
    for (size_t i = 0; i < losses->refusal_count; i++)
        free(losses->refusals[i].message);
    for (size_t i = 0; i < losses->judged_count; i++)
        faults_free(&losses->judged[i]);
    *losses = (struct losses){0};
}

static void add_names(struct text *why, unsigned checks) {
    const char *between = "";
    for (int check = 0; check < CHECKS; check++)
        if (checks & 1U << check) {
            text_add(why, "%s%s", between, check_words[check].name);
            between = " and ";
        }
}

// Of a lesson whose record says why in a sentence.
static const char *open_reason(const struct pair *pair) {
    const char *reason = text(pair->record, "reason");
    if (pair->trouble)
        return pair->trouble;
    return reason && *reason ? reason : "no tool that had to look could look";
}

char *losses_why(const struct pair *pair) {
    const struct score *score = &pair->score;
    struct text why = {0};
    if (score->mark == MARK_OPEN) {
        char *reason = losses_text(open_reason(pair), MESSAGE_LONGEST);
        text_add(&why, "No points are given or taken yet: %s.", reason);
        free(reason);
    } else if (score->mark == MARK_REFUSED) {
        text_add(&why, "It uses something that an exercise does not need and that could blind the "
                       "tools, so it was not run. A person looks at it.");
    } else if (score->mark == MARK_MISSING || score->mark == MARK_UNCHANGED) {
        text_add(&why, "No points: %s.", mark_words[score->mark].says);
    } else if (score->withheld) {
        text_add(&why, "No points: this lesson earns them only when it passes ");
        add_names(&why, score->withheld);
        text_add(&why, ".");
    } else if (score->open) {
        text_add(&why, "Some points are not decided yet: a tool that had to look could not.");
    }
    return text_take(&why);
}
