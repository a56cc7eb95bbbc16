/* expect: clean */
/* Two threads read a word; later one reads its first half while another writes the second: different memory. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

static union {
    uint64_t both;
    uint32_t half[2];
} word = {.half = {1, 2}};

static void *read_both(void *sum)
{
    *(uint64_t *)sum = word.both;
    return NULL;
}

static void *read_first(void *sum)
{
    *(uint64_t *)sum = word.half[0];
    return NULL;
}

static void *write_second(void *unused)
{
    word.half[1] = 3;
    return unused;
}

static void run_together(void *(*one)(void *), void *(*other)(void *))
{
    pthread_t a, b;
    uint64_t seen[2];
    pthread_create(&a, NULL, one, &seen[0]);
    pthread_create(&b, NULL, other, &seen[1]);
    pthread_join(a, NULL);
    pthread_join(b, NULL);
}

int main(void)
{
    run_together(read_both, read_both);
    run_together(read_first, write_second);
    printf("%u %u\n", word.half[0], word.half[1]);
    return 0;
}
