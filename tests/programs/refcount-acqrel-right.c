/* expect: clean */
/* A shared image; the count is a C11 atomic, and the last one out sees what all the others did. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

struct image {
    atomic_int refs;
    size_t size;
    unsigned char *pixels;
};

static struct image *image_new(size_t size)
{
    struct image *im = malloc(sizeof *im);
    if (im == NULL)
        abort();
    atomic_init(&im->refs, 1);
    im->size = size;
    im->pixels = malloc(size);
    if (im->pixels == NULL)
        abort();
    memset(im->pixels, 7, size);
    return im;
}

static struct image *image_get(struct image *im)
{
    atomic_fetch_add_explicit(&im->refs, 1, memory_order_relaxed);
    return im;
}

static void image_put(struct image *im)
{
    if (atomic_fetch_sub_explicit(&im->refs, 1, memory_order_acq_rel) == 1) {
        free(im->pixels);
        free(im);
    }
}

static void *viewer(void *arg)
{
    struct image *im = arg;
    unsigned sum = 0;
    for (int round = 0; round < 200; round++) {
        struct image *mine = image_get(im);
        sum += mine->pixels[round % mine->size];
        image_put(mine);
    }
    image_put(im);
    return (void *)(size_t)sum;
}

int main(void)
{
    struct image *im = image_new(64);
    pthread_t t[3];
    for (int i = 0; i < 3; i++)
        pthread_create(&t[i], NULL, viewer, image_get(im));
    image_put(im);
    for (int i = 0; i < 3; i++)
        pthread_join(t[i], NULL);
    return 0;
}
