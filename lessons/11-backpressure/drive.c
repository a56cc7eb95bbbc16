/*
 * Two authors write pages of a mebibyte each, and a slow printer prints them.
 */
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

#include "drive.h"
#include "exercise.h"
#include "must.h"

enum { AUTHORS = 2, PAGES = 4, PAGE_BYTES = 1024 * 1024 };

struct page {
    int author;
    int number;
    unsigned char ink[PAGE_BYTES];
};

struct author {
    int name;
    int pages; /* that it writes; set before the threads start */
    int most;  /* pages that waited at once, as this author saw it */
};

static struct spool *spool;
static atomic_int added; /* pages that spool_add() has taken over */
static atomic_int asked; /* pages that the printer has asked for */
static sem_t came;       /* a post for each page that spool_add() has taken over */

static void *write_pages(void *argument) {
    struct author *author = argument;

    for (int i = 0; i < author->pages; i++) {
        struct page *page = must_alloc(malloc(sizeof *page)); /* too many of these wait? */
        page->author = author->name;
        page->number = i;
        spool_add(spool, page);
        /* At least so many wait: the printer may have asked for a page and not yet taken it. */
        int waiting = atomic_fetch_add(&added, 1) + 1 - atomic_load(&asked);
        author->most = waiting > author->most ? waiting : author->most;
        must_errno(sem_post(&came));
    }
    return NULL;
}

/* next[author] is the page that comes next of those that this author writes. */
static void print_page(int next[AUTHORS]) {
    const struct timespec pause = {.tv_nsec = 1000 * 1000};

    must_errno(nanosleep(&pause, NULL)); /* work: printing a page takes this long */
    atomic_fetch_add(&asked, 1);
    struct page *page = spool_next(spool); /* stuck here? A page was lost */
    check(page->number == next[page->author], "page %d was printed where page %d comes next",
          page->number, next[page->author]);
    next[page->author]++;
    free(page);
}

int main(void) {
    pthread_t threads[AUTHORS];
    struct author authors[AUTHORS] = {{.name = 0}, {.name = 1}};
    int next[AUTHORS] = {0};

    must_errno(sem_init(&came, 0, 0));
    spool = spool_new();
    authors[0].pages = PAGES - (int)drive_number(2);
    authors[1].pages = 2 * PAGES - authors[0].pages;
    for (int i = 0; i < AUTHORS; i++) {
        must(pthread_create(&threads[i], NULL, write_pages, &authors[i]));
    }
    print_page(next);
    for (int i = 0; i <= SPOOL_PAGES; i++) {
        must_errno(sem_wait(&came)); /* stuck here? There is room, and the authors do not know */
    }
    for (int i = 1; i < AUTHORS * PAGES; i++) {
        print_page(next);
    }
    for (int i = 0; i < AUTHORS; i++) {
        must(pthread_join(threads[i], NULL));
        check(authors[i].most <= SPOOL_PAGES, "%d pages waited in a spool for %d", authors[i].most,
              SPOOL_PAGES);
        check(next[i] == authors[i].pages, "%d of %d pages were printed", next[i],
              authors[i].pages);
    }
    spool_free(spool);
    must_errno(sem_destroy(&came));
    drive_done();
    return 0;
}
