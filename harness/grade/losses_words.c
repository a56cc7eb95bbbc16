// Lost points in plain text, for the books that are not pages.
#include "losses.h"

#include "../explain.h"
#include "../report/reader.h"

#include <stdlib.h>
#include <string.h>

char *losses_replay(const struct pair *pair, const struct loss *loss) {
    const json_t *exploration = loss->traced ? loss->traced->exploration : NULL;
    const char *schedule = json_string_value(json_object_get(exploration, "schedule"));
    if (!schedule || loss->hidden)
        return NULL;
    struct text command = {0};
    text_add(&command, "make replay-%d SCHEDULE=", pair->lesson->number);
    text_add_word(&command, schedule);
    return text_take(&command);
}

static void add_places(struct text *words, const struct pair *pair, const struct fault *fault) {
    for (size_t i = 0; i < fault->place_count; i++) {
        if (!reader_shows_place(fault, i))
            continue;
        const struct place *place = &fault->places[i];
        char *file = losses_file(pair, place->file), *raw = reader_place_says(place);
        char *says = losses_text(raw, MESSAGE_LONGEST);
        text_add(words, "  %s", file);
        if (place->line > 0)
            text_add(words, ":%d", place->line);
        text_add(words, "%s%s\n", *says ? "  " : "", says);
        free(says);
        free(raw);
        free(file);
    }
}

static void add_loss(struct text *words, const struct pair *pair, const struct loss *loss) {
    const struct explanation *explanation = &explanations[loss->kind];
    text_add(words, "%s%s: %s\n", words->length ? "\n" : "", fault_words[loss->kind].name,
             loss->message);
    add_places(words, pair, loss->fault);
    text_add(words, "What it means: %s\nHow it is usually repaired: %s\n",
             fault_words[loss->kind].meaning, explanation->repair);
    if (explanation->lesson)
        text_add(words, "Which lesson teaches it: make lesson-%d\n", explanation->lesson);
    char *replay = losses_replay(pair, loss);
    if (replay)
        text_add(words, "To see it again, in your copy of the course: %s\n", replay);
    free(replay);
}

static void cut(struct text *words, size_t longest) {
    static const char said[] = "\n… (cut)\n";
    if (words->length <= longest)
        return;
    size_t end = longest - sizeof said;
    while (end && ((unsigned char)words->data[end] & 0xc0) == 0x80)
        end--; // not half a letter
    words->length = end;
    text_add(words, "%s", said);
}

char *losses_words(const struct pair *pair, const struct losses *losses, enum check check,
                   size_t longest) {
    struct text words = {0};
    for (size_t i = 0; check == CHECKS && i < losses->refusal_count; i++) {
        char *name = losses_text(losses->refusals[i].name, MESSAGE_LONGEST);
        text_add(&words, "exercise.c:%d  %s: %s\n", losses->refusals[i].line, name,
                 losses->refusals[i].message);
        free(name);
    }
    for (size_t i = 0; i < losses->count; i++)
        if (check == CHECKS || losses->items[i].check == check)
            add_loss(&words, pair, &losses->items[i]);
    if (losses->left_out && check == CHECKS)
        text_add(&words, "… and %zu more.\n", losses->left_out);
    cut(&words, longest);
    return text_take(&words);
}
