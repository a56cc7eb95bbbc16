/* odd: one thread takes the even jobs, and main itself helps with none: two recursive workers */
/* verdict: correct */
#include "exercise.h"

#include <pthread.h>
#include <stdlib.h>

#include "must.h"

struct share {
    unsigned next, count;
    void (*job)(unsigned);
};

static void go_on(struct share share) {
    if (share.next < share.count) {
        share.job(share.next);
        go_on((struct share){share.next + 2, share.count, share.job});
    }
}

static void *begin(void *argument) {
    struct share *share = argument;

    go_on(*share);
    free(share);
    return argument;
}

void run_all(unsigned count, void (*job)(unsigned number)) {
    pthread_t threads[2];

    for (unsigned i = 0; i < 2; i++) {
        struct share *share = must_alloc(malloc(sizeof *share));
        *share = (struct share){i, count, job};
        must(pthread_create(&threads[i], NULL, begin, share));
    }
    for (unsigned i = 0; i < 2; i++) {
        void *left;
        must(pthread_join(threads[i], &left));
    }
}
