"""Uploads are refused while they arrive once they pass the limit: a 2 GB file never reaches the disk."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload


class BoundedUploadHandler(FileUploadHandler):
    """Counts bytes and stops the upload beyond ``UPLOAD_LIMIT``; the request is marked so that the page can say why."""

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self.total = 0

    def handle_raw_input(self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: Any = None) -> None:  # noqa: N803
        """Note when the announced length is beyond the limit: the first piece of a file then ends the upload.

        Nothing may be raised here: only what is raised while a piece arrives is understood by the parser.
        """
        if content_length > settings.UPLOAD_LIMIT + 64 * 1024:
            self.total = settings.UPLOAD_LIMIT

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass the chunk on while within the limit."""
        self.total += len(raw_data)
        if self.total > settings.UPLOAD_LIMIT:
            self._refuse()
        return raw_data

    def file_complete(self, file_size: int) -> None:
        """Leave the file to the next handler."""
        return

    def _refuse(self) -> None:
        if self.request is not None:
            self.request.upload_refused = f"文件超过 {settings.UPLOAD_LIMIT // 1024 // 1024} MB，请压缩或拆分后再上传"  # type: ignore[attr-defined]
        raise StopUpload(connection_reset=True)
