/* expect: clean */
/* The idiom of the books: release on the way down, and one acquire fence for whoever was last. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct Doc {
	_Atomic unsigned refs;
	int words[16];
} Doc;

static void doc_release(Doc *d)
{
	if (atomic_fetch_sub_explicit(&d->refs, 1, memory_order_release) != 1)
		return;
	atomic_thread_fence(memory_order_acquire);
	int sum = 0;
	for (int i = 0; i < 16; i++)
		sum += d->words[i];
	printf("%d\n", sum);
	free(d);
}

struct job { Doc *doc; int slot; };

static void *writer(void *p)
{
	struct job *j = p;
	for (int i = 0; i < 1000; i++)
		j->doc->words[j->slot]++;
	doc_release(j->doc);
	return NULL;
}

int main(void)
{
	pthread_t tid[4];
	struct job jobs[4];
	Doc *d = calloc(1, sizeof *d);

	if (!d)
		return 1;
	atomic_store(&d->refs, 5);
	for (int i = 0; i < 4; i++) {
		jobs[i] = (struct job){ d, i * 4 };
		pthread_create(&tid[i], NULL, writer, &jobs[i]);
	}
	doc_release(d);
	for (int i = 0; i < 4; i++)
		pthread_join(tid[i], NULL);
	return 0;
}
