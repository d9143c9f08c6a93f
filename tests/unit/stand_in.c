/* SPDX-License-Identifier: Apache-2.0 OR GPL-2.0-or-later */
#include "stand_in.h"

#include <CUnit/Basic.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>

static gpointer serve(gpointer data)
{
    struct stand_in *phone = data;
    g_autoptr(GSocketConnection) connection =
        g_socket_listener_accept(phone->listener, NULL, NULL, NULL);
    g_autoptr(GDataInputStream) in =
        g_data_input_stream_new(g_io_stream_get_input_stream(G_IO_STREAM(connection)));

    phone->request = g_data_input_stream_read_line(in, NULL, NULL, NULL);
    g_output_stream_write_all(g_io_stream_get_output_stream(G_IO_STREAM(connection)), phone->answer,
                              strlen(phone->answer), NULL, NULL, NULL);
    g_io_stream_close(G_IO_STREAM(connection), NULL, NULL);
    return NULL;
}

void stand_in_start(struct stand_in *phone, const char *answer)
{
    *phone = (struct stand_in){.answer = answer};
    phone->folder = g_dir_make_tmp("booth-XXXXXX", NULL);
    phone->path = g_build_filename(phone->folder, "control.sock", NULL);
    phone->listener = g_socket_listener_new();
    g_autoptr(GSocketAddress) address = g_unix_socket_address_new(phone->path);
    CU_ASSERT_TRUE_FATAL(
        g_socket_listener_add_address(phone->listener, address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
    phone->thread = g_thread_new("stand-in", serve, phone);
}

void stand_in_finish(struct stand_in *phone)
{
    if (phone->thread != NULL) {
        g_thread_join(phone->thread);
    }
    g_object_unref(phone->listener);
    g_unlink(phone->path);
    g_rmdir(phone->folder);
    g_free(phone->request);
    g_free(phone->path);
    g_free(phone->folder);
}
