#include "moves.h"

#include "../text.h"

#include <stdlib.h>
#include <string.h>

// Adds those behind the first `from` to the count of their thread; returns how many there are in all.
static unsigned long count_moves(const char *moves, unsigned long from, unsigned long *by_thread,
                                 size_t threads) {
    unsigned long all = 0;
    while (*moves) {
        char *end;
        unsigned long thread = strtoul(moves, &end, 10), times = 1;
        end += strspn(end, "ts");
        if (*end == '*')
            times = strtoul(end + 1, &end, 10);
        unsigned long old = all < from ? from - all : 0;
        if (thread < threads && times > old)
            by_thread[thread] += times - old;
        all += times;
        if (*end != ',')
            break;
        moves = end + 1;
    }
    return all;
}

char *moves_tell(const char *before, const char *now) {
    enum { THREADS = 64 };
    unsigned long by_thread[THREADS] = {0}, none[1] = {0}, from = count_moves(before, 0, none, 0);
    unsigned long steps = count_moves(now, from, by_thread, THREADS) - from;
    if (steps < 2)
        return NULL;
    struct text words = {0};
    text_add(&words, "%lu steps:", steps);
    for (size_t i = 0; i < THREADS; i++)
        if (by_thread[i] && i)
            text_add(&words, " T%zu %lu,", i, by_thread[i]);
        else if (by_thread[i])
            text_add(&words, " main %lu,", by_thread[i]);
    words.data[--words.length] = '\0';
    text_add(&words, ".");
    return text_take(&words);
}
