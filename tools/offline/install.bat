@echo off
rem 据实离线安装（Windows 10 以上，64 位）。不联网，不改系统设置，只写入本用户的文件夹。
setlocal
title 据实：安装
cd /d "%~dp0"
set "HERE=%LOCALAPPDATA%\Jushi"
set "PY="
for %%v in (3.13 3.12 3.11) do if not defined PY py -%%v-64 -c "import venv" >nul 2>nul && set "PY=py -%%v-64"
if defined PY goto found
python -c "import sys, venv; sys.exit(not ((3,11) <= sys.version_info[:2] <= (3,13) and sys.maxsize > 2**32))" >nul 2>nul && set "PY=python"
if defined PY goto found
echo 没有找到 64 位的 Python 3.11、3.12 或 3.13。
echo 请先安装（安装时勾选 Add python.exe to PATH），再双击本文件。安装程序可在能联网的电脑上从 python.org 下载。
goto failed

:found
echo 用 %PY% 安装到 %HERE% ，约需一分钟……
if not exist "%HERE%" mkdir "%HERE%"
%PY% -m venv --clear "%HERE%\program"
if errorlevel 1 goto failed
"%HERE%\program\Scripts\python.exe" -m pip install --quiet --disable-pip-version-check --no-index --find-links wheels --require-hashes -r requirements.txt
if errorlevel 1 goto failed
"%HERE%\program\Scripts\jushi.exe" --version
if errorlevel 1 goto failed
copy /y start.bat "%HERE%\start.bat" >nul
copy /y start.bat "%USERPROFILE%\Desktop\据实.bat" >nul 2>nul
echo.
echo 安装完成。双击桌面上的“据实”启动（或 %HERE%\start.bat），浏览器会自动打开；关掉黑窗口即停止。
echo 以后升级：先备份，再用新的安装包重复本步骤，数据不受影响。
pause
exit /b 0

:failed
echo.
echo 没有装成。请把上面的文字拍照或复制给维护人员。
pause
exit /b 1
