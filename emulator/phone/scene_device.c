/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A video device of this computer (Linux, V4L2): YUYV, streaming by mmap. It is open while somebody
 * looks. */
#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <linux/videodev2.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "phone/scene_private.h"

#define BUFFERS 4u
#define TYPE    V4L2_BUF_TYPE_VIDEO_CAPTURE

struct device {
    struct scene scene;
    char *path;
    int file; /* -1: closed */
    unsigned buffers;
    struct buffer {
        void *data;
        size_t size;
    } buffer[BUFFERS];
};

static gboolean control(const struct device *device, unsigned long request, void *argument)
{
    int result;

    do {
        result = ioctl(device->file, request, argument);
    } while (result < 0 && errno == EINTR);
    return result == 0;
}

static void close_device(struct device *device)
{
    for (unsigned i = 0; i < device->buffers; i++) {
        munmap(device->buffer[i].data, device->buffer[i].size);
    }
    device->buffers = 0;
    if (device->file >= 0) {
        close(device->file);
    }
    device->file = -1;
}

/* Its driver may choose another size: then this is not for us. */
static gboolean set_format(const struct device *device)
{
    struct v4l2_format format = {.type = TYPE};

    format.fmt.pix.width = YUY2_WIDTH;
    format.fmt.pix.height = YUY2_HEIGHT;
    format.fmt.pix.pixelformat = V4L2_PIX_FMT_YUYV;
    format.fmt.pix.field = V4L2_FIELD_NONE;
    return control(device, VIDIOC_S_FMT, &format) && format.fmt.pix.width == YUY2_WIDTH &&
           format.fmt.pix.height == YUY2_HEIGHT &&
           format.fmt.pix.pixelformat == V4L2_PIX_FMT_YUYV &&
           format.fmt.pix.bytesperline == 2 * YUY2_WIDTH;
}

static gboolean map_buffer(struct device *device, unsigned i)
{
    struct v4l2_buffer buffer = {.index = i, .type = TYPE, .memory = V4L2_MEMORY_MMAP};
    void *data;

    if (!control(device, VIDIOC_QUERYBUF, &buffer) || buffer.length < YUY2_BYTES) {
        return FALSE;
    }
    data = mmap(NULL, buffer.length, PROT_READ, MAP_SHARED, device->file, buffer.m.offset);
    if (data == MAP_FAILED) {
        return FALSE;
    }
    device->buffer[device->buffers++] = (struct buffer){data, buffer.length};
    return control(device, VIDIOC_QBUF, &buffer);
}

static gboolean map_buffers(struct device *device)
{
    struct v4l2_requestbuffers request = {
        .count = BUFFERS, .type = TYPE, .memory = V4L2_MEMORY_MMAP};

    if (!control(device, VIDIOC_REQBUFS, &request) || request.count < 2) {
        return FALSE;
    }
    for (unsigned i = 0; i < MIN(request.count, BUFFERS); i++) {
        if (!map_buffer(device, i)) {
            return FALSE;
        }
    }
    return TRUE;
}

static gboolean open_device(struct device *device)
{
    int type = TYPE;

    device->file = open(device->path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (device->file >= 0 && set_format(device) && map_buffers(device) &&
        control(device, VIDIOC_STREAMON, &type)) {
        return TRUE;
    }
    close_device(device);
    return FALSE;
}

/* The newest of what has come; nothing: the frame stays. One that has been unplugged is tried
 * again. */
static void show(struct scene *scene, int64_t when)
{
    static const struct yuy2_size size = {YUY2_WIDTH, YUY2_HEIGHT};
    struct device *device = (struct device *)scene;
    struct v4l2_buffer buffer = {.type = TYPE, .memory = V4L2_MEMORY_MMAP};

    (void)when;
    if (device->file < 0 && !open_device(device)) {
        return;
    }
    while (control(device, VIDIOC_DQBUF, &buffer)) {
        if (buffer.index < device->buffers && buffer.bytesused >= YUY2_BYTES &&
            !(buffer.flags & V4L2_BUF_FLAG_ERROR)) {
            yuy2_of_yuy2(scene->frame, scene->size, device->buffer[buffer.index].data, size);
        }
        control(device, VIDIOC_QBUF, &buffer);
    }
    if (errno != EAGAIN) {
        close_device(device);
    }
}

static void rest(struct scene *scene)
{
    close_device((struct device *)scene);
}

static void free_device(struct scene *scene)
{
    struct device *device = (struct device *)scene;

    close_device(device);
    g_free(device->path);
}

static const struct scene_ops device_ops = {show, rest, free_device};

/* It is tried once, so that who names it hears what is wrong. */
struct scene *scene_open_device(const char *file, GError **error)
{
    struct device *device;
    struct stat status;

    if (stat(file, &status) || !S_ISCHR(status.st_mode)) {
        return NULL;
    }
    device = g_new0(struct device, 1);
    *device = (struct device){.scene.ops = &device_ops, .path = g_strdup(file), .file = -1};
    if (open_device(device)) {
        close_device(device);
        return &device->scene;
    }
    g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                "%s: no video device that gives 640 x 480 pixels as YUYV (or it is in use): %s",
                file, g_strerror(errno));
    free_device(&device->scene);
    g_free(device);
    return NULL;
}
