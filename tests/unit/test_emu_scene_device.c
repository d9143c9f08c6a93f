/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A video device as what a camera looks at. There is none on most computers that test: the linker
 * sends the calls of V4L2 to a driver that is played here, and that checks their order.
 */
#include <errno.h>
#include <linux/videodev2.h>
#include <stdarg.h>
#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

#include "phone/scene.h"
#include "phone/yuy2.h"
#include "suite.h"

#define DEVICE  "/dev/null" /* some character device */
#define BUFFERS 3u

static struct {
    unsigned width; /* that it gives, whatever is asked for */
    bool gone;      /* unplugged */
    bool streams;
    unsigned mapped;
    bool queued[BUFFERS];
    unsigned next; /* the one that is filled next */
    unsigned waiting[BUFFERS], filled;
    uint32_t flags;
    uint8_t data[BUFFERS][YUY2_BYTES];
} video;

static int set_format(struct v4l2_format *format)
{
    CU_ASSERT_EQUAL(format->fmt.pix.pixelformat, V4L2_PIX_FMT_YUYV);
    format->fmt.pix.width = video.width;
    format->fmt.pix.bytesperline = 2 * video.width;
    return 0;
}

static int request_buffers(struct v4l2_requestbuffers *request)
{
    CU_ASSERT_FALSE(video.streams);
    request->count = BUFFERS;
    return 0;
}

static int query(struct v4l2_buffer *buffer)
{
    CU_ASSERT_TRUE_FATAL(buffer->index < BUFFERS);
    buffer->length = YUY2_BYTES;
    buffer->m.offset = 4096 * buffer->index;
    return 0;
}

static int enqueue(const struct v4l2_buffer *buffer)
{
    CU_ASSERT_TRUE_FATAL(buffer->index < BUFFERS && !video.queued[buffer->index]);
    video.queued[buffer->index] = true;
    return 0;
}

static int dequeue(struct v4l2_buffer *buffer)
{
    CU_ASSERT_TRUE(video.streams);
    if (!video.filled) {
        errno = EAGAIN;
        return -1;
    }
    buffer->index = video.waiting[0];
    buffer->bytesused = YUY2_BYTES;
    buffer->flags = video.flags;
    video.filled--;
    memmove(video.waiting, video.waiting + 1, video.filled * sizeof(video.waiting[0]));
    video.queued[buffer->index] = false;
    return 0;
}

static int answer(unsigned long request, void *argument)
{
    switch (request) {
    case VIDIOC_S_FMT:
        return set_format(argument);
    case VIDIOC_REQBUFS:
        return request_buffers(argument);
    case VIDIOC_QUERYBUF:
        return query(argument);
    case VIDIOC_QBUF:
        return enqueue(argument);
    case VIDIOC_DQBUF:
        return dequeue(argument);
    case VIDIOC_STREAMON:
        video.streams = true;
        return 0;
    default:
        errno = ENOTTY;
        return -1;
    }
}

int __wrap_ioctl(int file, unsigned long request, ...);
void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset);
void *__wrap_mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset);
int __wrap_munmap(void *at, size_t size);

int __wrap_ioctl(int file, unsigned long request, ...)
{
    va_list arguments;
    void *argument;

    (void)file;
    va_start(arguments, request);
    argument = va_arg(arguments, void *);
    va_end(arguments);
    if (video.gone) {
        errno = ENODEV;
        return -1;
    }
    return answer(request, argument);
}

void *__wrap_mmap(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
    (void)at;
    (void)flags;
    (void)file;
    CU_ASSERT_TRUE_FATAL(size == YUY2_BYTES && offset / 4096 < BUFFERS && protection == PROT_READ);
    video.mapped++;
    return video.data[offset / 4096];
}

void *__wrap_mmap64(void *at, size_t size, int protection, int flags, int file, off_t offset)
{
    return __wrap_mmap(at, size, protection, flags, file, offset);
}

/* Without its last buffer a driver ends its stream: the file is closed next. */
int __wrap_munmap(void *at, size_t size)
{
    CU_ASSERT_TRUE(at && size == YUY2_BYTES);
    if (--video.mapped == 0) {
        video.streams = false;
        video.filled = 0;
        memset(video.queued, 0, sizeof(video.queued));
    }
    return 0;
}

/* The device has seen a frame that is all of this brightness. */
static void see(uint8_t y)
{
    CU_ASSERT_TRUE_FATAL(video.queued[video.next]);
    memset(video.data[video.next], y, YUY2_BYTES);
    video.waiting[video.filled++] = video.next;
    video.next = (video.next + 1) % BUFFERS;
}

static struct scene *plug_in(void)
{
    g_autoptr(GError) error = NULL;
    struct scene *scene;

    memset(&video, 0, sizeof(video));
    video.width = YUY2_WIDTH;
    scene = scene_open(DEVICE, &error);
    CU_ASSERT_PTR_NOT_NULL_FATAL(scene);
    CU_ASSERT_FALSE(video.streams); /* nobody looks yet */
    return scene;
}

static uint8_t look(struct scene *scene)
{
    static uint8_t frame[YUY2_BYTES];

    scene_fill(scene, frame, YUY2_WIDTH, YUY2_HEIGHT, 0);
    CU_ASSERT_EQUAL(frame[0], frame[YUY2_BYTES - 2]);
    return frame[0];
}

static void test_newest(void)
{
    struct scene *scene = plug_in();

    look(scene);
    CU_ASSERT_TRUE(video.streams);
    CU_ASSERT_EQUAL(video.mapped, BUFFERS);
    see(100);
    CU_ASSERT_EQUAL(look(scene), 100);
    CU_ASSERT_EQUAL(look(scene), 100); /* nothing has come */
    see(110);
    see(120);
    CU_ASSERT_EQUAL(look(scene), 120);
    for (uint8_t y = 20; y < 200; y++) { /* each buffer goes back */
        see(y);
        CU_ASSERT_EQUAL(look(scene), y);
    }
    video.flags = V4L2_BUF_FLAG_ERROR;
    see(210);
    CU_ASSERT_EQUAL(look(scene), 199);
    scene_free(scene);
    CU_ASSERT_EQUAL(video.mapped, 0);
}

static void test_rest(void)
{
    struct scene *scene = plug_in();

    look(scene);
    scene_rest(scene);
    CU_ASSERT_FALSE(video.streams);
    CU_ASSERT_EQUAL(video.mapped, 0);
    video.next = 0;
    look(scene);
    CU_ASSERT_TRUE(video.streams);
    see(77);
    CU_ASSERT_EQUAL(look(scene), 77);
    scene_free(scene);
}

static void test_unplugged(void)
{
    struct scene *scene = plug_in();

    look(scene);
    see(50);
    CU_ASSERT_EQUAL(look(scene), 50);
    video.gone = true;
    CU_ASSERT_EQUAL(look(scene), 50); /* what it showed last */
    CU_ASSERT_EQUAL(video.mapped, 0);
    CU_ASSERT_EQUAL(look(scene), 50);
    video.gone = false;
    video.next = 0;
    look(scene);
    see(60);
    CU_ASSERT_EQUAL(look(scene), 60);
    scene_free(scene);
}

static void test_refused(void)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GError) other = NULL;

    memset(&video, 0, sizeof(video));
    video.width = 1920;
    CU_ASSERT_PTR_NULL(scene_open(DEVICE, &error));
    CU_ASSERT_PTR_NOT_NULL(strstr(error->message, "640 x 480"));
    video.gone = true;
    CU_ASSERT_PTR_NULL(scene_open(DEVICE, &other));
    CU_ASSERT_PTR_NOT_NULL(strstr(other->message, DEVICE));
    CU_ASSERT_EQUAL(video.mapped, 0);
}

int main(void)
{
    static const CU_TestInfo tests[] = {{"the newest frame", test_newest},
                                        {"nobody looks", test_rest},
                                        {"unplugged", test_unplugged},
                                        {"refused", test_refused},
                                        CU_TEST_INFO_NULL};

    return run_suite("a video device", tests);
}
