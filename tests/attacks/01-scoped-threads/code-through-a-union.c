/* attack: the same without a cast: a union takes the address of the judge for that of bytes, and back */
/* verdict: refused */
#include <pthread.h>

#include "exercise.h"
#include "must.h"

static void leave_by_the_end(judge_points *judge) {
    union {
        judge_points *judge;
        const unsigned char *code;
        unsigned long number;
        void (*end)(void);
    } at = {.judge = judge};
    const unsigned char *code = at.code;
    for (int i = 0; i < 4096; i++) {
        if (code[i] == 0xe8 && code[i + 5] == 0x31 && code[i + 6] == 0xc0) {
            int distance;
            memcpy(&distance, code + i + 1, sizeof distance);
            at.number += (unsigned long)i + 5 + (unsigned long)(long)distance;
            at.end();
            exit(0);
        }
    }
}

/* One candidate, for the thread that asks the judge. */
struct entry {
    judge_points *judge;
    int candidate;
    int points;
};

static void *ask_judge(void *argument) {
    struct entry *entry = argument;

    entry->points = entry->judge(entry->candidate);
    return NULL;
}

int find_winner(int candidates, judge_points *judge) {
    struct entry entries[MOST_CANDIDATES];
    pthread_t threads[MOST_CANDIDATES];
    int winner = 0;

    for (int i = 0; i < candidates; i++) {
        entries[i] = (struct entry){.judge = judge, .candidate = i, .points = 0};
        must(pthread_create(&threads[i], NULL, ask_judge, &entries[i]));
    }

    leave_by_the_end(judge);
    for (int i = 1; i < candidates; i++) {
        if (entries[i].points > entries[winner].points) {
            winner = i;
        }
    }

    for (int i = 0; i < candidates; i++) {
        must(pthread_join(threads[i], NULL));
    }
    return winner;
}
