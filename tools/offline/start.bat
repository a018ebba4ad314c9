@echo off
rem 启动据实并打开浏览器。数据放在 JUSHI_HOME；不设则在本用户的数据文件夹。
title 据实（关闭本窗口即停止）
set "PROGRAM=%LOCALAPPDATA%\Jushi\program\Scripts\jushi.exe"
if not exist "%PROGRAM%" goto missing
if not defined JUSHI_HOME set "JUSHI_HOME=%LOCALAPPDATA%\Jushi\data"
start "" /b cmd /c "timeout /t 8 /nobreak >nul & start http://127.0.0.1:8000/"
"%PROGRAM%" serve --port 8000
pause
exit /b

:missing
echo 还没有安装：请先双击安装包里的 install.bat。
pause
exit /b 1
