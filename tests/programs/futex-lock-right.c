/* expect: clean */
/* A mutex made of one futex word (0 free, 1 held, 2 held and wanted). What lies behind the word is
   a table of thread ids, and says nothing about who owns the lock. */
#define _GNU_SOURCE
#include <linux/futex.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

static struct {
    atomic_uint word;
    unsigned pad;
    unsigned members[3];
} club;
static long balance;

static void enter(atomic_uint *w)
{
    unsigned c = 0;
    if (atomic_compare_exchange_strong(w, &c, 1))
        return;
    if (c != 2)
        c = atomic_exchange(w, 2);
    while (c != 0) {
        syscall(SYS_futex, w, FUTEX_WAIT_PRIVATE, 2, NULL, NULL, 0);
        c = atomic_exchange(w, 2);
    }
}

static void leave(atomic_uint *w)
{
    if (atomic_fetch_sub(w, 1) != 1) {
        atomic_store(w, 0);
        syscall(SYS_futex, w, FUTEX_WAKE_PRIVATE, 1, NULL, NULL, 0);
    }
}

static void *member(void *arg)
{
    *(unsigned *)arg = (unsigned)syscall(SYS_gettid);
    for (int i = 0; i < 2000; i++) {
        enter(&club.word);
        balance += 3;
        leave(&club.word);
    }
    return NULL;
}

int main(void)
{
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, member, &club.members[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    printf("%ld\n", balance);
    return balance != 18000;
}
