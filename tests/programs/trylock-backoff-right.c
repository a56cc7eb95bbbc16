/* expect: clean */
/* Both orders occur, but the second lock is only tried, and the first is given back when it is busy. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

struct box { pthread_mutex_t mu; int apples; };

static struct box red = { PTHREAD_MUTEX_INITIALIZER, 300 };
static struct box green = { PTHREAD_MUTEX_INITIALIZER, 300 };

static void lock_both(struct box *a, struct box *b)
{
	for (;;) {
		int r;

		pthread_mutex_lock(&a->mu);
		r = pthread_mutex_trylock(&b->mu);
		if (r == 0)
			return;
		pthread_mutex_unlock(&a->mu);
		if (r != EBUSY)
			abort();
		sched_yield();
	}
}

static void move(struct box *from, struct box *to)
{
	lock_both(from, to);
	from->apples--;
	to->apples++;
	pthread_mutex_unlock(&to->mu);
	pthread_mutex_unlock(&from->mu);
}

static void *to_green(void *p) { for (int i = 0; i < 200; i++) move(&red, &green); return p; }
static void *to_red(void *p) { for (int i = 0; i < 200; i++) move(&green, &red); return p; }

int main(void)
{
	pthread_t x, y;

	pthread_create(&x, NULL, to_green, NULL);
	pthread_create(&y, NULL, to_red, NULL);
	pthread_join(x, NULL);
	pthread_join(y, NULL);
	printf("%d %d\n", red.apples, green.apples);
	return 0;
}
