/* passes */
#include <stdatomic.h>
#include <threads.h>

static mtx_t lock;
static cnd_t changed;
static tss_t slot;
static once_flag once = ONCE_FLAG_INIT;
static thread_local int mine;
static int count;

static void prepare(void) {
    mtx_init(&lock, mtx_plain | mtx_recursive);
    cnd_init(&changed);
    tss_create(&slot, NULL);
}

static int work(void *unused) {
    call_once(&once, prepare);
    mtx_lock(&lock);
    mine = ++count;
    cnd_broadcast(&changed);
    mtx_unlock(&lock);
    thrd_yield();
    return unused ? thrd_error : thrd_success;
}

int run(void) {
    thrd_t threads[2];
    for (int i = 0; i < 2; i++)
        if (thrd_create(&threads[i], work, NULL) != thrd_success)
            return -1;
    for (int i = 0; i < 2; i++)
        thrd_join(threads[i], NULL);
    return count;
}
