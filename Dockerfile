# Contratville behind gunicorn, configured by its environment alone: docs/production.md.
FROM python:3.13-slim-trixie

# What WeasyPrint sets its pages with.
RUN apt-get update \
 && apt-get install -y --no-install-recommends libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 \
 && rm -rf /var/lib/apt/lists/*

WORKDIR /app
ENV PYTHONUNBUFFERED=1 XDG_CACHE_HOME=/tmp HOST=0.0.0.0 PORT=8000

COPY requirements.txt .
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore --require-hashes -r requirements.txt

COPY . .
# Fonts and static files are part of the image; neither needs the key or the database that the settings ask for.
RUN export SECRET_KEY=unused DATABASE_URL=sqlite://:memory: \
 && python manage.py make_fonts \
 && python manage.py collectstatic --no-input --verbosity 0 \
 && python -m compileall -q .

RUN useradd --system --no-create-home contratville
USER contratville
EXPOSE 8000
HEALTHCHECK --start-period=20s CMD ["python", "-m", "contratville.health"]
CMD ["gunicorn", "--config", "contratville/gunicorn.py", "contratville.wsgi"]
